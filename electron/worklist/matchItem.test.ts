import { expect, test } from 'vitest'
import { matchesItem } from './matchItem.ts'

const item = {
  PatientName: 'Barks^Rex',
  PatientID: 'VET0001',
  ScheduledProcedureStepSequence: [
    {
      Modality: 'CT',
      ScheduledStationAETitle: 'CT1',
      ScheduledProcedureStepStartDate: '20261121',
      ScheduledProcedureStepStartTime: '0930',
    },
  ],
}
const step = (keys: Record<string, string>) => ({ ScheduledProcedureStepSequence: [keys] })

test.each([
  ['nothing asked', {}, true],
  ['a name without regard to case', { PatientName: 'BARKS^REX' }, true],
  ['a name with the delimiters that devices leave at its end', { PatientName: 'Barks^Rex^^^' }, true],
  ['a wildcard', { PatientName: 'ba*' }, true],
  ['one character', { PatientID: 'VET000?' }, true],
  ['another ID', { PatientID: 'VET0002' }, false],
  ['the station', step({ ScheduledStationAETitle: 'CT1' }), true],
  ['a station in other letters', step({ ScheduledStationAETitle: 'ct1' }), false],
  ['one of two modalities', step({ Modality: 'MR\\CT' }), true],
  ['two keys of one step, one of which differs', step({ ScheduledStationAETitle: 'CT1', Modality: 'MR' }), false],
  ['a day', step({ ScheduledProcedureStepStartDate: '20261121' }), true],
  ['an open range', step({ ScheduledProcedureStepStartDate: '20261120-' }), true],
  ['a range that ends before', step({ ScheduledProcedureStepStartDate: '-20261120' }), false],
  ['an empty sequence', { ScheduledProcedureStepSequence: [] }, true],
  ['an attribute that no entry has', { PatientInsurancePlanCodeSequence: [{ CodeValue: '1' }] }, true],
])('%s', (_, keys, expected) => {
  expect(matchesItem(keys as never, item)).toBe(expected)
})

test('ranges of day and time are one span, not a window of each day', () => {
  const keys = step({
    ScheduledProcedureStepStartDate: '20261120-20261122',
    ScheduledProcedureStepStartTime: '1000-1100',
  })
  expect(matchesItem(keys, item)).toBe(true)
  const later = step({
    ScheduledProcedureStepStartDate: '20261121-20261122',
    ScheduledProcedureStepStartTime: '1000-1100',
  })
  expect(matchesItem(later, item)).toBe(false)
})

test('a name in ideographs is found by its Latin group', () => {
  const japanese = { PatientName: 'Yamada^Tarou=山田^太郎=やまだ^たろう' }
  expect(matchesItem({ PatientName: 'Yamada^Tarou' }, japanese)).toBe(true)
  expect(matchesItem({ PatientName: '山田*' }, japanese)).toBe(true)
  expect(matchesItem({ PatientName: 'Yamada^Hanako' }, japanese)).toBe(false)
})

test('an animal is found by what it is called, without its owner’s family before it; a person is not', () => {
  const animal = { ...item, PatientName: 'Sato^Rex', PatientSpeciesDescription: 'Canine' }
  expect(['rex', 'RE*', 'Sato*', 'Sato^Rex'].map((PatientName) => matchesItem({ PatientName }, animal))).toEqual([
    ...[true, true, true, true],
  ])
  expect(matchesItem({ PatientName: 'Ex*' }, animal)).toBe(false)
  expect(matchesItem({ PatientName: 'Rex' }, { ...animal, PatientName: '^Rex' })).toBe(true)
  expect(matchesItem({ PatientName: 'Rex' }, { ...item, PatientSpeciesDescription: '' })).toBe(false)
})

test('a request for any time of its day is seen by who asks for some hours of it', () => {
  const [own] = item.ScheduledProcedureStepSequence
  const anyTime = { ...item, ScheduledProcedureStepSequence: [{ ...own, ScheduledProcedureStepStartTime: '' }] }
  const asked = (date: string, time: string) =>
    matchesItem(
      step({ ScheduledProcedureStepStartDate: date, ScheduledProcedureStepStartTime: time }) as never,
      anyTime as never,
    )
  expect(asked('20261121', '0800-1700')).toBe(true)
  expect(asked('20261121-20261121', '0800-1700')).toBe(true)
  expect(asked('20261122-20261123', '0800-1700')).toBe(false)
  expect(asked('20261122', '0800-1700')).toBe(false)
})
