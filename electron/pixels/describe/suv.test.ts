import { expect, test } from 'vitest'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { readHeader } from '#electron/dicom/part10/readHeader.ts'
import { imageDataSet } from '../imageFixture.ts'
import { suv } from './suv.ts'

const tracer = {
  RadiopharmaceuticalStartTime: '090000',
  RadionuclideTotalDose: 400_000_000,
  RadionuclideHalfLife: 6586.2,
}
const pet: DataSet = {
  Modality: 'PT',
  Units: 'BQML',
  DecayCorrection: 'START',
  CorrectedImage: ['NORM', 'ATTN', 'DECY'],
  PatientWeight: 80,
  PatientSize: 1.8,
  PatientSex: 'M',
  SeriesDate: '20260102',
  SeriesTime: '100000',
  AcquisitionDate: '20260102',
  AcquisitionTime: '100000',
  RadiopharmaceuticalInformationSequence: [tracer],
}

function told(differs: DataSet, isAnimal = false) {
  const dataSet = imageDataSet({ PixelData: new Uint16Array(12), ...pet, ...differs })
  return suv(readHeader(writePart10({ dataSet })).dataSet, isAnimal)
}

/** 400 MBq an hour after the injection of 18F. */
const LEFT_BQ = 400e6 * 2 ** (-3600 / 6586.2)

test('body weight, lean body mass and body surface of a whole data set', () => {
  const found = told({})
  expect(found?.bodyWeight).toBeCloseTo(80_000 / LEFT_BQ, 12)
  // Janmahasatian, 80 kg and 1.80 m: 61.70 kg; Du Bois: 1.9964 m².
  expect(found?.leanBody).toBeCloseTo((((9270 * 80) / (6680 + 216 * (80 / 3.24))) * 1000) / LEFT_BQ, 12)
  expect(((found?.bodySurface ?? 0) * LEFT_BQ) / 10_000).toBeCloseTo(1.9964, 3)
  expect(found?.why).toBe('')
})

test('injection before midnight, and a whole date and time of it', () => {
  const early = { SeriesTime: '003000', AcquisitionTime: '003100' }
  const before = { ...tracer, RadiopharmaceuticalStartTime: '233000' }
  expect(told({ ...early, RadiopharmaceuticalInformationSequence: [before] })?.bodyWeight).toBeCloseTo(
    80_000 / LEFT_BQ,
    12,
  )
  const dated = { ...tracer, RadiopharmaceuticalStartDateTime: '20260101233000' }
  expect(told({ ...early, RadiopharmaceuticalInformationSequence: [dated] })?.bodyWeight).toBeCloseTo(
    80_000 / LEFT_BQ,
    12,
  )
})

test('an injection told in another zone than the scan counts as the moment that it was', () => {
  const dated = (RadiopharmaceuticalStartDateTime: string, differs: DataSet = {}) =>
    told({ RadiopharmaceuticalInformationSequence: [{ ...tracer, RadiopharmaceuticalStartDateTime }], ...differs })
  const hour = 80_000 / LEFT_BQ
  expect(dated('20260102080000+0000', { TimezoneOffsetFromUTC: '+0100' })?.bodyWeight).toBeCloseTo(hour, 12)
  expect(dated('20260102090000', { TimezoneOffsetFromUTC: '+0100' })?.bodyWeight).toBeCloseTo(hour, 12)
  expect(dated('20260102143000+0200', { TimezoneOffsetFromUTC: '-0330' })?.bodyWeight).toBeCloseTo(hour, 12)
  // No zone of the scan: the same clock as the time beside it, or not known.
  expect(dated('20260102090000+0100')?.bodyWeight).toBeCloseTo(hour, 12)
  for (const differs of [{}, { TimezoneOffsetFromUTC: 'CET' }, { TimezoneOffsetFromUTC: '+9900' }])
    expect(dated('20260102080000+0000', differs)).toMatchObject({
      bodyWeight: null,
      why: 'The time of injection names its time zone, and the time of the scan does not.',
    })
  // A date with a zone is no time of day.
  expect(dated('20260102+0000')?.bodyWeight).toBeCloseTo(hour, 12)
})

test('what cannot be is said, and no number comes of it', () => {
  const given = (part: DataSet) => told({ RadiopharmaceuticalInformationSequence: [{ ...tracer, ...part }] })
  expect(given({ RadionuclideTotalDose: 400 })).toMatchObject({ bodyWeight: null, leanBody: null, bodySurface: null })
  expect(given({ RadionuclideTotalDose: 400 })?.why).toBe('The injected activity cannot be in Bq.')
  expect(given({ RadionuclideTotalDose: 4e12 })?.why).toBe('The injected activity cannot be in Bq.')
  expect(
    told({ DecayCorrection: 'ADMIN', ...{ RadiopharmaceuticalInformationSequence: [{ RadionuclideTotalDose: 400 }] } }),
  ).toMatchObject({ bodyWeight: null })
  // Half-lives of 2 s, and of 109.77 min written as seconds.
  for (const RadionuclideHalfLife of [2, 109.77])
    expect(given({ RadionuclideHalfLife })).toMatchObject({
      bodyWeight: null,
      why: 'With its half-life the tracer has decayed before the scan.',
    })
  expect(told({ PatientWeight: 80_000 })?.why).toBe('The weight of the patient cannot be in kg.')
  expect(told({ PatientSize: 180 })).toMatchObject({ leanBody: null, bodySurface: null })
})

test('corrected to the administration, the injected activity counts as it was', () => {
  expect(told({ DecayCorrection: 'ADMIN' })?.bodyWeight).toBeCloseTo(80_000 / 400e6, 12)
})

test('whatever is missing is named, and no number is made up', () => {
  const without = (differs: DataSet) => told(differs)?.why
  expect(told({ PatientWeight: null })).toEqual({
    bodyWeight: null,
    leanBody: null,
    bodySurface: null,
    why: 'The weight of the patient is not given.',
  })
  expect(without({ Units: 'CNTS' })).toBe('The values are not in Bq/ml.')
  expect(without({ CorrectedImage: ['DECY'] })).toContain('attenuation')
  expect(without({ DecayCorrection: 'NONE' })).toContain('decay')
  expect(without({ RadiopharmaceuticalInformationSequence: [] })).toContain('radiopharmaceutical')
  expect(without({ RadiopharmaceuticalInformationSequence: [{ ...tracer, RadionuclideTotalDose: null }] })).toContain(
    'activity',
  )
  expect(without({ SeriesTime: '120000' })).toContain('after the acquisition')
  expect(told({ PatientSize: null })).toMatchObject({ leanBody: null, bodySurface: null })
  expect(told({ PatientSex: 'O' })?.leanBody).toBeNull()
})

test('an animal has body weight only, a scanner that normalised is believed, and CT has none', () => {
  expect(told({}, true)).toMatchObject({ leanBody: null, bodySurface: null })
  expect(told({ Units: 'GML' })).toMatchObject({ bodyWeight: 1, leanBody: null })
  expect(told({ Units: 'GML', SUVType: 'LBM' })).toMatchObject({ bodyWeight: null, leanBody: 1 })
  expect(told({ Modality: 'CT' })).toBeUndefined()
})
