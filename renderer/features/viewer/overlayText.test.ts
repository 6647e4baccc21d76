import { expect, test } from 'vitest'
import type { SeriesRow, StudyRow } from '#shared/contract/studies.ts'
import type { StackFrame } from '#shared/imaging/displaySets.ts'
import { dates, patientDetails, positionText, screenAxes, seriesLine, zoomText } from './overlayText.ts'

const study = {
  patientSex: 'F',
  patientSexNeutered: '',
  patientAge: '',
  patientBirthDate: '19801121',
  species: '',
  breed: '',
  studyDate: '20261121',
  studyTime: '101800',
} as StudyRow
const at = (image: object, plane: object | null = null) =>
  ({
    frame: 0,
    image: { acquisitionDateTime: '', viewPosition: '', laterality: '', perFrame: [{ plane }], ...image },
  }) as unknown as StackFrame

test('a person has sex, age and birth date, an animal its species first', () => {
  expect(patientDetails(study)).toBe('F, 46 y, born 1980-11-21')
  expect(patientDetails({ ...study, species: 'Canis familiaris', patientSexNeutered: 'ALTERED' })).toMatch(
    /^Dog, FS, 46 y/,
  )
})

test('the day is that of the study, the time that of the image, and both are named', () => {
  expect(dates(study, at({ acquisitionDateTime: '20261121100612.5' }))).toEqual(['Study 2026-11-21', 'Image 10:06'])
  expect(dates(study, at({}))).toEqual(['Study 2026-11-21 10:18'])
})

test('an image of another day than its study says both days, and which is which', () => {
  expect(dates(study, at({ acquisitionDateTime: '20270103100612' }))).toEqual([
    'Study 2026-11-21',
    'Image 2027-01-03 10:06',
  ])
  expect(dates({ ...study, studyDate: '', studyTime: '' }, at({ acquisitionDateTime: '20270103100612' }))).toEqual([
    'Study without date',
    'Image 2027-01-03 10:06',
  ])
})

test('a slice says its place, a projection its view and side', () => {
  const plane = { position: [-46, 0, -38.04], rowDirection: [1, 0, 0], columnDirection: [0, 1, 0] }
  expect(positionText(at({}, plane))).toBe('z −38.0 mm')
  const sagittal = { ...plane, rowDirection: [0, 1, 0], columnDirection: [0, 0, -1] }
  expect(positionText(at({}, sagittal))).toBe('x 46.0 mm right')
  expect(positionText(at({ viewPosition: 'RL', laterality: 'R' }))).toBe('RL, right')
})

test('a series is not called by its modality twice', () => {
  const series = { modality: 'CT', seriesNumber: 3, description: '', bodyPart: 'THORAX' } as SeriesRow
  expect(seriesLine(series)).toBe('CT 3, THORAX')
  expect(seriesLine({ ...series, bodyPart: '' })).toBe('CT 3')
})

test('screen axes follow rotation and mirroring', () => {
  expect(screenAxes([2, 0, 0, 2, 5, 5])).toEqual({ right: [1, 0], down: [0, 1] })
  // a quarter turn clockwise: columns run down, rows run left
  expect(screenAxes([0, 2, -2, 0, 5, 5])).toEqual({ right: [0, -1], down: [1, 0] })
  expect(screenAxes([-2, 0, 0, 2, 5, 5])).toEqual({ right: [-1, 0], down: [0, 1] })
})

test('zoom counts screen pixels', () => {
  expect(zoomText(1.678)).toBe('Zoom 168 %')
})
