import { describe, expect, test } from 'vitest'
import { matcherOf } from './matcher.ts'
import { combinedMatcher } from './ranges.ts'

const matches = (keyword: string, value: string, stored: string) => {
  const test = matcherOf({ keyword, value })
  return test === undefined || test(stored)
}

describe('attribute matching (PS3.4 C.2.2.2)', () => {
  test.each([
    // Single value: exactly, but for names.
    ['PatientID', 'V-1', 'V-1', true],
    ['PatientID', 'v-1', 'V-1', false],
    ['AccessionNumber', 'A 1', 'A 1', true],
    ['Modality', 'ct', 'CT', false],
    ['ModalitiesInStudy', 'SR', 'CT\\SR', true],
    ['ModalitiesInStudy', 'S', 'CT\\SR', false],
    ['ModalitiesInStudy', 'MR\\SR', 'CT\\SR', true],
    ['InstanceNumber', '7', '007', true],
    ['Rows', '512', '512', true],
    ['Rows', '512', '', false],
    // Names: without regard to case and accents, component groups, empty components.
    ['PatientName', 'DOE^JANE', 'Doe^Jane', true],
    ['PatientName', 'muller^jorg', 'Müller^Jörg', true],
    ['PatientName', 'Weiss*', 'Weiß^Anna', true],
    ['PatientName', 'Doe^Jane', 'Doe^Jane^^^', true],
    ['PatientName', 'Doe^Jane^^', 'Doe^Jane', true],
    ['PatientName', 'Doe', 'Doe^Jane', false],
    ['PatientName', 'Doe Jane', 'Doe^Jane', false],
    ['PatientName', 'Yamada^Tarou', 'Yamada^Tarou=山田^太郎=やまだ^たろう', true],
    ['PatientName', '山田*', 'Yamada^Tarou=山田^太郎=やまだ^たろう', true],
    ['PatientName', '=山田*', 'Yamada^Tarou=山田^太郎', true],
    ['PatientName', 'Suzuki*=山田*', 'Yamada^Tarou=山田^太郎', false],
    ['PatientName', 'か*', 'が^たろう', false],
    ['PatientName', 'ΟΔΟΣ*', 'Οδος^Νικος', true],
    // Universal.
    ['PatientName', '', '', true],
    ['PatientName', '*', '', true],
    ['StudyInstanceUID', '*', '1.2', true],
    // Wildcards, also those that the text holds.
    ['PatientID', 'V-?', 'V-1', true],
    ['PatientID', 'V-?', 'V-12', false],
    ['PatientID', '*1*', 'V-12', true],
    ['PatientID', '?*', '', false],
    ['PatientID', 'a?c', 'a𝄞c', true],
    ['StudyDescription', 'Thorax*', 'Thorax\\a', true],
    // Lists of UIDs; wildcards are none.
    ['StudyInstanceUID', '1.2\\1.3', '1.3', true],
    ['StudyInstanceUID', '1.*', '1.3', false],
    // Dates.
    ['StudyDate', '20240131', '20240131', true],
    ['StudyDate', '20240131', '2024.01.31', true],
    ['StudyDate', '2024.01.01-2024.02.01', '20240131', true],
    ['StudyDate', '20240201-', '20240131', false],
    ['StudyDate', '20240131-', '20240131', true],
    ['StudyDate', '-20240131', '20240131', true],
    ['StudyDate', '-20240131', '', false],
    ['StudyDate', '-', '', true],
    ['StudyDate', '202401*', '20240131', true],
    ['StudyDate', 'tomorrow', '20240131', false],
    // Times, to the precision of each.
    ['StudyTime', '1015', '101530.5', true],
    ['StudyTime', '10-11', '115959.999999', true],
    ['StudyTime', '10-11', '120000', false],
    ['StudyTime', '10:15-', '101459', false],
    ['StudyTime', '101500.5-', '101500.400', false],
    ['StudyTime', '-101500', '101500.400', true],
    ['StudyTime', '1015', '1015', true],
    // Date-times, with offsets from UTC whose sign is the hyphen of a range.
    ['AcquisitionDateTime', '20240131', '20240131101500', true],
    ['AcquisitionDateTime', '2024', '20241231235959', true],
    ['AcquisitionDateTime', '202401-202402', '20240229120000', true],
    ['AcquisitionDateTime', '20240131100000-0500-20240131110000-0500', '20240131153000+0000', true],
    ['AcquisitionDateTime', '20240131100000-0500-', '20240131143000+0000', false],
    ['AcquisitionDateTime', '20240131100000+0100', '20240131090000+0000', true],
    ['AcquisitionDateTime', '-2023', '20240131', false],
  ])('%s %j and %j: %s', (keyword, key, value, expected) => {
    expect(matches(keyword, key, value)).toBe(expected)
  })

  test('a sequence matches by one item in which all keys match', () => {
    const dog = { CodeValue: '448771007', CodingSchemeDesignator: 'SCT', CodeMeaning: 'Dog' }
    const stored = JSON.stringify([{ ...dog, CodeValue: '1' }, dog])
    const test = (...item: { keyword: string; value: string }[]) =>
      matcherOf({ keyword: 'PatientSpeciesCodeSequence', value: '', item })?.(stored)
    expect(test({ keyword: 'CodeValue', value: '448771007' }, { keyword: 'CodeMeaning', value: 'D*' })).toBe(true)
    expect(test({ keyword: 'CodeValue', value: '1' }, { keyword: 'CodeMeaning', value: 'Cat' })).toBe(false)
    expect(test({ keyword: 'CodeValue', value: '' })).toBeUndefined()
    expect(
      matcherOf({ keyword: 'PatientSpeciesCodeSequence', value: '', item: [{ keyword: 'CodeValue', value: '1' }] })?.(
        '',
      ),
    ).toBe(false)
  })

  test('a date and its time make one range when that was agreed on', () => {
    const test = combinedMatcher('20240131-20240202', '1200-0800')
    expect([
      test?.('20240131', '1159'),
      test?.('20240131', '1200'),
      test?.('20240201', '0300'),
      test?.('20240202', '080059'),
      test?.('20240202', '0801'),
      test?.('20240201', ''),
      test?.('', '1300'),
    ]).toEqual([false, true, true, true, false, true, false])
    expect(combinedMatcher('20240131-', '1200-')?.('20250101', '0000')).toBe(true)
    expect(combinedMatcher('-20240131', '-1200')?.('20240131', '1300')).toBe(false)
  })

  test('hostile keys cost little', () => {
    const startedAt = performance.now()
    const value = 'a'.repeat(1024)
    expect(matches('StudyDescription', `${'*a'.repeat(500)}b`, value)).toBe(false)
    expect(matches('StudyDescription', '*a'.repeat(500_000), value)).toBe(false)
    expect(matches('PatientName', `${'?'.repeat(100_000)}*`, value)).toBe(false)
    expect(matches('StudyDate', '-'.repeat(100_000), '20240131')).toBe(false)
    expect(matches('AcquisitionDateTime', `${'9'.repeat(100_000)}-`, '20240131')).toBe(false)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })
})
