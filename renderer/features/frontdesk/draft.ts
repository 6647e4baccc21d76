import { type Code, type OrderContent, type OrderPatient, orderContent } from '#shared/contract/order.ts'
import { ageText } from '#shared/dicom/age.ts'
import { BREED_REGISTRIES } from '#shared/dicom/breedRegistries.ts'
import { parseDate } from '#shared/dicom/dateTime.ts'
import { SPECIES } from '#shared/dicom/species.ts'
import { asAge } from '#shared/dicom/typedAge.ts'

/** A request while it is typed: days and times as people write them. */
export interface Draft {
  kind: 'animal' | 'human'
  /** Of an animal what it is called, of a person `Family, Given`. */
  name: string
  patientId: string
  issuerOfPatientId: string
  /** `2018-03-21`, or an age as `5 y`, which makes no birth date. */
  born: string
  sex: OrderPatient['sex']
  neutered: OrderPatient['neutered']
  species: string
  breed: string
  breedCode: Code | null
  registration: string
  /** Code value of CID 7481; '' = none. */
  registry: string
  owner: string
  microchip: string
  station: string
  modality: string
  procedure: string
  procedureCode: Code | null
  /** `2026-11-21`. */
  day: string
  time: string
  priority: OrderContent['request']['priority']
  history: string
  requestedBy: string
}

export const inputDay = (date: string): string => date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')

export function emptyDraft(date: string): Draft {
  return {
    ...{ kind: 'animal', name: '', patientId: '', issuerOfPatientId: '', born: '', sex: '', neutered: '' },
    ...{ species: 'Dog', breed: '', breedCode: null, registration: '', registry: '', owner: '', microchip: '' },
    ...{ station: '', modality: '', procedure: '', procedureCode: null, day: inputDay(date), time: '' },
    ...{ priority: 'ROUTINE', history: '', requestedBy: '' },
  }
}

export function draftOf({ patient, request }: OrderContent): Draft {
  return {
    ...patientDraft(patient),
    station: request.stationAETitle,
    modality: request.modality,
    procedure: request.procedure,
    procedureCode: request.procedureCode,
    day: inputDay(request.date),
    time: request.time.replace(/^(\d{2})(\d{2}).*$/, '$1:$2'),
    priority: request.priority,
    history: request.history,
    requestedBy: typedName(request.requestedBy),
  }
}

/** The half of a draft that a known patient fills. */
export function patientDraft(patient: OrderPatient) {
  const known = SPECIES.find(
    ({ code, description }) => code.value === patient.speciesCode?.value || description === patient.species,
  )
  return {
    kind: patient.kind,
    name: typedName(patient.patientName),
    patientId: patient.patientId,
    issuerOfPatientId: patient.issuerOfPatientId,
    born: inputDay(patient.birthDate) || ageText(patient.age),
    sex: patient.sex,
    neutered: patient.neutered,
    species: known?.name ?? patient.species,
    breed: patient.breed,
    breedCode: patient.breedCode,
    registration: patient.breedRegistration?.number ?? '',
    registry: patient.breedRegistration?.registry.value ?? '',
    owner: typedName(patient.responsiblePerson),
    microchip: patient.microchip,
  }
}

export type Problems = Partial<Record<keyof Draft, string>>

const fieldOf: Readonly<Record<string, keyof Draft>> = {
  'patient.patientName': 'name',
  'patient.birthDate': 'born',
  'patient.responsiblePerson': 'owner',
  'patient.breedRegistration': 'registration',
  'request.stationAETitle': 'station',
  'request.date': 'day',
}

/** The request as it is sent, or what is wrong with the draft, by field. */
export function contentOf(draft: Draft): { content?: OrderContent; problems: Problems } {
  const isAnimal = draft.kind === 'animal'
  const age = asAge(draft.born)
  const species = SPECIES.find(({ name }) => name.toLowerCase() === draft.species.trim().toLowerCase())
  const registry = BREED_REGISTRIES.find(({ value }) => value === draft.registry)
  const parsed = orderContent.safeParse({
    patient: {
      kind: draft.kind,
      patientName: dicomName(draft.name),
      patientId: draft.patientId,
      issuerOfPatientId: draft.issuerOfPatientId,
      birthDate: age === undefined ? dayOf(draft.born) : '',
      age: age ?? '',
      sex: draft.sex,
      neutered: isAnimal ? draft.neutered : '',
      species: isAnimal ? (species?.description ?? draft.species) : '',
      speciesCode: isAnimal ? (species?.code ?? null) : null,
      breed: isAnimal ? draft.breed : '',
      breedCode: isAnimal && draft.breedCode?.meaning === draft.breed ? draft.breedCode : null,
      breedRegistration: isAnimal && registry ? { number: draft.registration, registry } : null,
      responsiblePerson: dicomName(draft.owner),
      microchip: draft.microchip,
    },
    request: {
      stationAETitle: draft.station,
      modality: draft.modality,
      procedure: draft.procedure,
      procedureCode: draft.procedureCode?.meaning === draft.procedure ? draft.procedureCode : null,
      date: dayOf(draft.day),
      time: timeOf(draft.time),
      priority: draft.priority,
      history: draft.history,
      requestedBy: dicomName(draft.requestedBy),
    },
  } satisfies OrderContent)
  const problems: Problems = {}
  if (isAnimal && draft.registration.trim() !== '' && !registry) problems.registry = 'Choose whose number this is.'
  if (parsed.success) return problems.registry ? { problems } : { content: parsed.data, problems }
  for (const { path, message } of parsed.error.issues) {
    const field = fieldOf[path.slice(0, 2).join('.')] ?? (String(path[1]) as keyof Draft)
    problems[field] ??= message
  }
  return { problems }
}

/** `Sato, Rex` is PN `Sato^Rex`; without a comma the whole is the first component, and what is a PN stays as it is. */
function dicomName(typed: string): string {
  if (typed.includes('^')) return typed.trim()
  const [family = '', ...given] = typed.split(',').map((part) => part.trim())
  return given.length === 0 ? family : `${family}^${given.join(' ')}`
}

/**
 * What people typed, out of a PN. One that would not come back as it was (other scripts, middle names, titles) is shown as
 * it is written: who changes the hour of a request must not change whom it is for.
 */
function typedName(name: string): string {
  const [family = '', ...rest] = name.split('^')
  const given = rest.filter((part) => part !== '').join(' ')
  const typed = given === '' ? family : `${family}, ${given}`
  return dicomName(typed) === name.replace(/\^+$/, '') && !name.includes('=') ? typed : name
}

/** `930`, `9:30` and `09:30` are the same time. */
function timeOf(typed: string): string {
  const text = typed.trim()
  const match = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(text)
  return match ? `${match[1]?.padStart(2, '0')}${match[2] ?? '00'}` : text
}

/** A day as people write it; what is none stays as typed, to be refused with a sentence. */
function dayOf(typed: string): string {
  const text = typed.trim()
  const dotted = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text)
  if (dotted) return `${dotted[3]}${dotted[2]?.padStart(2, '0')}${dotted[1]?.padStart(2, '0')}`
  const plain = text.replaceAll('-', '')
  return parseDate(plain) ? plain : text
}
