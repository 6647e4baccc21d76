import { expect, test } from 'vitest'
import type { FindQuery, Match, Peer } from '#electron/dicom/nodeApi.ts'
import { patientThere } from './patientThere.ts'

const peer = { name: 'Northview' } as Peer
const ours = { studyInstanceUID: '1.2.3', patientId: '77', patientName: 'Müller^Rex' }

/** What a server that answers so is said to have. */
function said(match: Match, of = ours) {
  const node = {
    async *find(_: Peer, { level }: FindQuery) {
      expect(level).toBe('STUDY')
      yield match
    },
  }
  return patientThere(node as never, peer, [of], new AbortController().signal)
}

test('another patient ID or name is said, with both', async () => {
  expect(await said({ StudyInstanceUID: '1.2.3', PatientID: '78', PatientName: 'Müller^Rex' })).toBe(
    'Northview keeps this study under Müller, Rex (patient ID 78); here it is Müller, Rex (patient ID 77). Compare both, and correct the one that is wrong.',
  )
  expect(await said({ StudyInstanceUID: '1.2.3', PatientID: '77', PatientName: 'Meier^Bella' })).toContain(
    'under Meier, Bella (patient ID 77)',
  )
  expect(
    await said({ StudyInstanceUID: '1.2.3', PatientID: 'NEW-1' }, { ...ours, patientId: '', patientName: '' }),
  ).toContain('here it is a patient without a name (no patient ID)')
})

test('what may be another patient is said with the doubt', async () => {
  expect(await said({ StudyInstanceUID: '1.2.3', PatientID: '77', PatientName: 'Kim^Rex' })).toBe(
    'Northview keeps this study under Kim, Rex (patient ID 77); here it is Müller, Rex (patient ID 77): same patient ID, another family or owner. Compare both, and correct the one that is wrong.',
  )
})

test.each([
  ['the animal without its owner', { PatientID: '77', PatientName: 'Rex' }],
  ['the animal behind a caret', { PatientID: '77', PatientName: '^REX' }],
  ['umlauts in two letters', { PatientID: '77', PatientName: 'MUELLER^REX' }],
  ['the same', { StudyInstanceUID: '1.2.3', PatientID: '77', PatientName: 'Müller^Rex' }],
  ['the same in capitals, padded, without the accent', { PatientID: '77 ', PatientName: 'MULLER ^REX^^' }],
  ['in a character set that lacks the letter', { PatientID: '77', PatientName: 'M?ller^Rex' }],
  ['without a word about the patient', {}],
  ['with other ways of writing the name behind it', { PatientName: 'Müller^Rex=山田^太郎' }],
  ['of another study', { StudyInstanceUID: '1.2.9', PatientID: '78' }],
])('an answer %s is no difference', async (_, match) => {
  expect(await said({ StudyInstanceUID: '1.2.3', ...match })).toBe('')
})
