import type { Order, OrderPatient } from '#shared/contract/order.ts'
import type { Card } from '#shared/contract/worklist.ts'
import { dateOf, formatDate, formatTime, parseTime } from '#shared/dicom/dateTime.ts'
import { patientLine } from '#shared/dicom/patientLine.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { formatCount } from '../../app/formatAmount.ts'

const LATE_MINUTES = 15

/** `Dog, MN, 5 y, Beagle. Sato, Ren`; an owner of whom only the family is known stands in the animal's name already. */
export function whoText(patient: OrderPatient, date: string): string {
  const traits = {
    species: patient.kind === 'human' ? 'Human' : patient.species || 'Animal',
    breed: patient.breed,
    sex: patient.sex,
    sexNeutered: patient.neutered,
    age: patient.birthDate === '' ? patient.age : '',
    isAboutAge: patient.birthDate === '',
    birthDate: patient.birthDate,
    studyDate: date,
  }
  const owner = patient.responsiblePerson === patient.patientName.split('^')[0] ? '' : patient.responsiblePerson
  return [patientLine(traits), formatPersonName(owner)].filter((part) => part !== '').join('. ')
}

/** `09:40`, with its day where the board shows several, and `late` where nothing has happened. */
export function whenText({ order, column }: Pick<Card, 'order' | 'column'>, withDay: boolean, now: Date): string {
  const { date, time } = order.request
  const parts = [withDay ? formatDate(date).slice(5) : '', time === '' ? '' : formatTime(time)].filter(Boolean)
  const text = parts.join(' ') || 'any time'
  return column === 'scheduled' && isLate(order, now) ? `${text}, late` : text
}

export function isLate({ request }: Order, now: Date): boolean {
  const today = dateOf(now)
  if (request.date !== today) return request.date < today
  const time = parseTime(request.time)
  if (request.time === '' || !time) return false
  return now.getHours() * 60 + now.getMinutes() - (time.hour * 60 + time.minute) > LATE_MINUTES
}

/** Where the images are. */
export function imagesText({ images, namedImages, missingImages, byPatientId, column }: Card): string {
  if (images === 0) return column === 'in-progress' ? 'no images yet' : ''
  if (missingImages > 0) return `${namedImages - missingImages} of ${formatCount(namedImages, 'image')}`
  if (byPatientId.images > 0)
    return `${formatCount(images, 'image')}, ${byPatientId.images === images ? '' : `${byPatientId.images} `}by patient ID`
  return formatCount(images, 'image')
}

export function clock(at: number): string {
  const moment = new Date(at)
  return `${`${moment.getHours()}`.padStart(2, '0')}:${`${moment.getMinutes()}`.padStart(2, '0')}`
}
