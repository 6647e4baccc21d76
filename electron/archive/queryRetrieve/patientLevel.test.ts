import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NewInstance } from '../archiveApi.ts'
import { temporaryFolder } from '../archiveFixture.ts'
import { openIndex } from '../openIndex.ts'
import { parents } from '../parents.ts'
import { queryRetrieve } from './answerQuery.ts'

const folder = temporaryFolder()
const { db } = openIndex(folder.path)

beforeAll(() => {
  const add = parents(db)
  const studies: [id: string, name: string, birthDate: string, owner: string][] = [
    ['1', 'Sato^Rex', '20200101', 'Sato^Ren'],
    ['1', 'SATO^REX', '20200102', 'Sato^Ren'],
    ['1', 'Kim^Rex', '20200102', 'Kim^Mina'],
    ['2', 'Sato^Milo', '20200102', 'Sato^Ren'],
    // So many that match nothing but their ID lie over the one that does.
    ['3', 'Old^Name', '20110101', ''],
    ...Array.from({ length: 300 }, (): [string, string, string, string] => ['3', 'New^Name', '20120101', '']),
  ]
  db.exec('BEGIN')
  for (const [at, [PatientID, PatientName, PatientBirthDate, ResponsiblePerson]] of studies.entries())
    add({
      attributes: {
        ...{ PatientID, PatientName, PatientBirthDate, ResponsiblePerson, SOPInstanceUID: `1.2.${at}` },
        ...{ StudyInstanceUID: `1.3.${at}`, SeriesInstanceUID: `1.4.${at}`, Modality: 'CT' },
      },
      source: { kind: 'receive', callingAETitle: 'CT1', address: '10.0.0.1', at: 0 },
    } as unknown as NewInstance)
  db.exec('UPDATE studies SET listed = 1; COMMIT')
})
afterAll(() => {
  db.close()
  folder.remove()
})

async function patients(keys: Record<string, string>): Promise<string[]> {
  const all = { PatientID: '', PatientName: '', PatientBirthDate: '', NumberOfPatientRelatedStudies: '', ...keys }
  const query = {
    level: 'PATIENT' as const,
    combinedDateTime: false,
    keys: Object.entries(all).map(([keyword, value]) => ({ keyword, value })),
  }
  const found: string[] = []
  for await (const page of queryRetrieve(db).query(query, new AbortController().signal))
    found.push(...page.map((values) => values.slice(0, 4).join(' ')))
  return found.toSorted()
}

test('a patient is found by what any of its studies says, once, and told by the latest that says so', async () => {
  expect(await patients({ PatientID: '1' })).toEqual(['1 Kim^Rex 20200102 3'])
  expect(await patients({ PatientName: 'sato^rex' })).toEqual(['1 SATO^REX 20200102 3'])
  expect(await patients({ PatientName: 'Sato^*' })).toEqual(['1 SATO^REX 20200102 3', '2 Sato^Milo 20200102 1'])
  expect(await patients({ PatientBirthDate: '20200101' })).toEqual(['1 Sato^Rex 20200101 3'])
  expect(await patients({ ResponsiblePerson: 'Sato*' })).toEqual(['1 SATO^REX 20200102 3', '2 Sato^Milo 20200102 1'])
  expect(await patients({})).toHaveLength(3)
})

test('what is told belongs together: keys that no one study fulfils find nobody', async () => {
  expect(await patients({ PatientName: 'Kim^Rex', PatientBirthDate: '20200101' })).toEqual([])
  expect(await patients({ PatientName: 'Sato^Rex', PatientBirthDate: '20200101' })).toEqual(['1 Sato^Rex 20200101 3'])
})

test('one study among hundreds is found', async () => {
  expect(await patients({ PatientName: 'Old*' })).toEqual(['3 Old^Name 20110101 301'])
  expect(await patients({ PatientName: 'New*' })).toEqual(['3 New^Name 20120101 301'])
})
