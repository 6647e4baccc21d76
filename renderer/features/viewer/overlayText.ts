import type { SeriesRow, StudyRow } from '#shared/contract/studies.ts'
import { ageOn, ageText } from '#shared/dicom/age.ts'
import { formatDate, formatTime, parseDateTime } from '#shared/dicom/dateTime.ts'
import { patientLine, sexText } from '#shared/dicom/patientLine.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import type { StackFrame } from '#shared/imaging/displaySets.ts'
import { frameOf } from '#shared/imaging/frameOf.ts'
import { number } from '#shared/imaging/measurementText.ts'
import { isStraight, slicePosition } from '#shared/imaging/slicePosition.ts'
import type { Affine } from '../../viewer/camera.ts'
import { inverse } from '../../viewer/camera.ts'
import type { Window } from '../../viewer/defaultWindow.ts'
import type { Uptake } from '../../viewer/uptake.ts'

export function patientName(study: StudyRow): string {
  return formatPersonName(study.patientName) || 'No name'
}

/** Animals: species, sex, age, breed. People: sex, age, birth date. */
export function patientDetails(study: StudyRow): string {
  if (study.species || study.breed) {
    return patientLine({
      species: study.species,
      breed: study.breed,
      sex: study.patientSex,
      sexNeutered: study.patientSexNeutered,
      age: study.patientAge,
      birthDate: study.patientBirthDate,
      studyDate: study.studyDate,
    })
  }
  const age = ageText(study.patientAge) || ageOn(study.patientBirthDate, study.studyDate)
  const born = study.patientBirthDate ? `born ${formatDate(study.patientBirthDate)}` : ''
  return [sexText(study.patientSex, ''), age, born].filter(Boolean).join(', ')
}

export function seriesTitle(series: SeriesRow): string {
  return series.description || [series.modality, series.bodyPart].filter(Boolean).join(' ') || 'Series'
}

/** `CT 3, Thorax` without saying the modality twice. */
export function seriesLine(series: SeriesRow): string {
  const numbered = series.seriesNumber === null ? series.modality : `${series.modality} ${series.seriesNumber}`
  return [numbered, series.description || series.bodyPart].filter(Boolean).join(', ')
}

/** The study's day and the moment of the image, each named. */
export function dates(study: StudyRow, item: StackFrame): string[] {
  const ofStudy = [formatDate(study.studyDate), formatTime(study.studyTime)].filter(Boolean).join(' ')
  const moment = item.image.acquisitionDateTime
  if (!moment || !parseDateTime(moment)) return [ofStudy && `Study ${ofStudy}`]
  const time = moment.slice(8, 14)
  const ofImage = [formatDate(moment.slice(0, 8)), /^\d{4}/.test(time) ? formatTime(time) : '']
    .filter(Boolean)
    .join(' ')
  if (moment.slice(0, 8) === study.studyDate) {
    const hour = ofImage.slice(formatDate(moment.slice(0, 8)).length).trim()
    return [`Study ${formatDate(study.studyDate)}`, hour && `Image ${hour}`].filter(Boolean)
  }
  return [ofStudy ? `Study ${formatDate(study.studyDate) || ofStudy}` : 'Study without date', `Image ${ofImage}`]
}

const axisWords = { x: ['left', 'right'], y: ['back', 'front'], z: ['', ''] } as const

export function positionText(item: StackFrame): string {
  const { plane } = frameOf(item.image, item.frame)
  // Of a plane at an angle no single coordinate says where it lies.
  if (plane && !(item.image.reformat && !isStraight(plane))) {
    const { axis, mm } = slicePosition(plane)
    const word = mm === 0 ? '' : (axisWords[axis][mm > 0 ? 0 : 1] ?? '')
    const value = word ? Math.abs(mm) : mm
    return [axis, value.toFixed(1).replace('-', '−'), 'mm', word].filter(Boolean).join(' ')
  }
  if (plane) return ''
  return [item.image.viewPosition, lateralities[item.image.laterality] ?? item.image.laterality]
    .filter(Boolean)
    .join(', ')
}

const lateralities: Record<string, string> = { L: 'left', R: 'right', B: 'both sides', U: '' }

/** `25 frames/s`: how fast a clip goes by its file. */
export function rateText({ frameTimeMs, frames }: StackFrame['image']): string {
  return frameTimeMs && frames > 1 ? `${Number((1000 / frameTimeMs).toFixed(1))} frames/s` : ''
}

/** Of PET the ends as uptake; of everything else width and level. */
export function windowText(window: Window, uptake?: Uptake): string {
  if (uptake) {
    const [low, high] = [-0.5, 0.5].map((side) => number((window.center + side * window.width) * uptake.factor))
    return `${uptake.unit} ${low} to ${high}`
  }
  return `W ${number(window.width)} L ${number(window.center)}`
}

export function zoomText(scale: number): string {
  return `Zoom ${Math.round(scale * 100)} %`
}

/** Which way the image's columns and rows run on the screen. */
export function screenAxes(imageToCanvas: Affine) {
  const [a, b, c, d] = inverse(imageToCanvas)
  const step = (column: number, row: number): [number, number] =>
    Math.abs(column) >= Math.abs(row) ? [Math.sign(column), 0] : [0, Math.sign(row)]
  return { right: step(a, b), down: step(c, d) }
}
