import { beforeEach, expect, test } from 'vitest'
import type { StudyRow } from '#shared/contract/studies.ts'
import { namesHere } from './namesHere.ts'

const rows = [
  { studyId: 1, patientId: 'P1', patientName: '\u042f\u043d\u0430' },
  { studyId: 2, patientId: 'P2', patientName: 'Here^Only' },
  { studyId: 3, patientId: '', patientName: 'Nobody^Known' },
] as StudyRow[]
let asked: number[][] = []
beforeEach(() => {
  asked = []
})
const reader = {
  getStudies: async (studyIds: number[]) => {
    asked.push(studyIds)
    return rows.filter(({ studyId }) => studyIds.includes(studyId))
  },
}

test('a name that the server emptied is the one that is here; a name that it gave is not touched', async () => {
  const studies = [
    { studyInstanceUID: '1.1', patientId: 'P1', patientName: '^' },
    { studyInstanceUID: '1.2', patientId: 'P2', patientName: 'There^Too' },
    { studyInstanceUID: '1.3', patientId: 'P3', patientName: '' },
  ]
  const here = { '1.1': { studyId: 1 }, '1.2': { studyId: 2 } }
  expect(await namesHere(reader, studies, here)).toEqual(['\u042f\u043d\u0430', 'There^Too', ''])
  expect(asked).toEqual([[1]])
})

test('under a copied Study Instance UID no other patient lends a name', async () => {
  const studies = [
    { studyInstanceUID: '1.1', patientId: 'ELSE', patientName: '' },
    { studyInstanceUID: '1.1', patientId: '', patientName: '' },
    { studyInstanceUID: '1.1', patientId: 'P1', patientName: '' },
    { studyInstanceUID: '1.1', patientId: 'P9', patientName: 'Given^There' },
    { studyInstanceUID: '1.3', patientId: '', patientName: '' },
    { studyInstanceUID: 'constructor', patientId: 'P1', patientName: '' },
  ]
  const here = { '1.1': { studyId: 1 }, '1.3': { studyId: 3 } }
  expect(await namesHere(reader, studies, here)).toEqual(['', '', '\u042f\u043d\u0430', 'Given^There', '', ''])
})
