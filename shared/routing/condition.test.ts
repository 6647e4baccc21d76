import { expect, test } from 'vitest'
import { type ConditionTest, conditionTest, fulfils, fulfilsAll } from './condition.ts'

/** What an image says, in everyday and in awkward forms. */
const image: Record<string, string> = {
  CallingAETitle: 'CT_SCANNER_1',
  CallingAddress: '10.0.4.20',
  Modality: 'CT',
  StudyDescription: 'Thorax, met check',
  SeriesDescription: ' Lung  1.0 B70f ',
  PatientName: 'Müller^Bella^^Dr.',
  PatientSpeciesDescription: 'Canine',
  ImageType: 'ORIGINAL\\PRIMARY\\AXIAL',
  BodyPartExamined: 'CHEST',
  StudyDate: '20261121',
  InstanceNumber: '12',
  SliceThickness: '1.50',
  AccessionNumber: '',
  InstitutionName: 'Hospital São Tomé',
  ProtocolName: '01_Thorax^Routine',
  PatientBreedDescription: 'Terrier, mixed',
  SeriesTime: '093015',
}

type Case = [field: string, test: ConditionTest, value: string, holds: boolean]

/** Each line: field, value, then the tests that hold; the others of the line must not. */
const lines: [field: string, value: string, holds: ConditionTest[], tried: ConditionTest[]][] = [
  ['Modality', 'CT', ['is', 'contains', 'starts-with', 'one-of', 'not-empty', 'at-least', 'at-most'], all()],
  ['Modality', 'ct', ['is', 'contains', 'starts-with', 'one-of', 'not-empty', 'at-least', 'at-most'], all()],
  ['Modality', ' CT ', ['is', 'contains', 'starts-with', 'one-of', 'not-empty', 'at-least', 'at-most'], all()],
  ['Modality', 'MR', ['is-not', 'contains-not', 'not-empty', 'at-most'], all()],
  ['Modality', 'C', ['is-not', 'contains', 'starts-with', 'not-empty', 'at-least'], all()],
  ['Modality', 'T', ['is-not', 'contains', 'not-empty', 'at-most'], all()],
  ['Modality', 'DX, CT; MR', ['is-not', 'contains-not', 'one-of', 'not-empty', 'at-most'], all()],
  ['StudyDescription', 'thorax', ['is-not', 'contains', 'starts-with', 'not-empty', 'at-least'], all()],
  [
    'StudyDescription',
    'THORAX, MET CHECK',
    ['is', 'contains', 'starts-with', 'not-empty', 'at-least', 'at-most'],
    all(),
  ],
  [
    'SeriesDescription',
    'lung 1.0 b70f',
    ['is', 'contains', 'starts-with', 'one-of', 'not-empty', 'at-least', 'at-most'],
    all(),
  ],
  ['PatientName', 'muller bella', ['is-not', 'contains', 'starts-with', 'not-empty', 'at-least'], all()],
  [
    'PatientName',
    'Müller^Bella^^Dr.',
    ['is', 'contains', 'starts-with', 'one-of', 'not-empty', 'at-least', 'at-most'],
    all(),
  ],
  ['ImageType', 'PRIMARY', ['is', 'contains', 'starts-with', 'one-of', 'not-empty', 'at-least', 'at-most'], all()],
  ['ImageType', 'DERIVED', ['is-not', 'contains-not', 'not-empty', 'at-least', 'at-most'], all()],
  ['AccessionNumber', 'A-1', ['is-not', 'contains-not', 'empty'], all()],
  ['AccessionNumber', '', ['is', 'empty'], all()],
  ['NoSuchKeyword', 'x', ['is-not', 'contains-not', 'empty'], all()],
  [
    'InstitutionName',
    'hospital sao tome',
    ['is', 'contains', 'starts-with', 'one-of', 'not-empty', 'at-least', 'at-most'],
    all(),
  ],
  ['StudyDate', '20261101', ['is-not', 'contains-not', 'not-empty', 'at-least'], all()],
  ['StudyDate', '20261231', ['is-not', 'contains-not', 'not-empty', 'at-most'], all()],
  ['InstanceNumber', '9', ['is-not', 'contains-not', 'not-empty', 'at-least'], all()],
  ['SliceThickness', '1.5', ['is-not', 'contains', 'starts-with', 'not-empty', 'at-least', 'at-most'], all()],
  [
    'CallingAETitle',
    'ct_scanner_1',
    ['is', 'contains', 'starts-with', 'one-of', 'not-empty', 'at-least', 'at-most'],
    all(),
  ],
  [
    'ProtocolName',
    '01_thorax routine',
    ['is', 'contains', 'starts-with', 'one-of', 'not-empty', 'at-least', 'at-most'],
    all(),
  ],
  ['ProtocolName', 'routine', ['is-not', 'contains', 'not-empty', 'at-most'], all()],
  ['ProtocolName', 'Abdomen', ['is-not', 'contains-not', 'not-empty', 'at-most'], all()],
  ['PatientSpeciesDescription', 'feline; canine', ['is-not', 'contains-not', 'one-of', 'not-empty', 'at-most'], all()],
  // A comma parts the values of a list, so that such a one is never in it.
  [
    'PatientBreedDescription',
    'terrier, mixed',
    ['is', 'contains', 'starts-with', 'not-empty', 'at-least', 'at-most'],
    all(),
  ],
  ['CallingAddress', '10.0.4.', ['is-not', 'contains', 'starts-with', 'not-empty', 'at-least'], all()],
  ['SeriesTime', '080000', ['is-not', 'contains-not', 'not-empty', 'at-least'], all()],
  ['CallingAETitle', 'CT_SCANNER_l', ['is-not', 'contains-not', 'not-empty', 'at-most'], all()],
]

function all(): ConditionTest[] {
  return [...conditionTest.options]
}

const cases: Case[] = lines.flatMap(([field, value, holds, tried]) =>
  tried.map((one): Case => [field, one, value, holds.includes(one)]),
)

test('the table is as long as it should be', () => {
  expect(cases.length).toBeGreaterThanOrEqual(200)
})

test.each(cases)('%s %s "%s": %s', (field, one, value, holds) => {
  expect(fulfils(image, { field, test: one, value })).toBe(holds)
})

test('all conditions must hold; without any every image goes', () => {
  expect(fulfilsAll(image, [])).toBe(true)
  const ct = { field: 'Modality', test: 'is', value: 'CT' } as const
  expect(fulfilsAll(image, [ct, { field: 'PatientSpeciesDescription', test: 'is', value: 'canine' }])).toBe(true)
  expect(fulfilsAll(image, [ct, { field: 'PatientSpeciesDescription', test: 'is', value: 'feline' }])).toBe(false)
})
