import { expect, test } from 'vitest'
import type { StudyRow } from '#shared/contract/studies.ts'
import { namesHere } from './namesHere.ts'

const rows = [
  { studyId: 1, patientName: '\u042f\u043d\u0430' },
  { studyId: 2, patientName: 'Here^Only' },
] as StudyRow[]
const asked: number[][] = []
const reader = {
  getStudies: async (studyIds: number[]) => {
    asked.push(studyIds)
    return rows.filter(({ studyId }) => studyIds.includes(studyId))
  },
}

test('a name that the server emptied is the one that is here; a name that it gave is not touched', async () => {
  const studies = [
    { studyInstanceUID: '1.1', patientName: '^' },
    { studyInstanceUID: '1.2', patientName: 'There^Too' },
    { studyInstanceUID: '1.3', patientName: '' },
  ]
  const here = { '1.1': { studyId: 1 }, '1.2': { studyId: 2 } }
  expect([...(await namesHere(reader, studies, here))]).toEqual([[1, '\u042f\u043d\u0430']])
  expect(asked).toEqual([[1]])
})
