import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '#electron/archive/archiveFixture.ts'
import { type Archive, openArchive } from '#electron/archive/openArchive.ts'
import { RequestFolder } from './requestFolder.ts'

let folder: ReturnType<typeof temporaryFolder>
let inbox: string
let archive: Archive
let watch: RequestFolder | undefined
beforeEach(async () => {
  folder = temporaryFolder()
  inbox = join(folder.path, 'inbox')
  const data = join(folder.path, 'data')
  for (const each of [inbox, data]) mkdirSync(each)
  archive = await openArchive(data)
})
afterEach(async () => {
  await watch?.close()
  await archive.close()
  folder.remove()
})

const CSV = 'name,procedure,modality,date,time\nRex,Thorax,DX,2026-11-21,0900\nMiso,Pelvis,DX,2026-11-21,0930\n'
const names = async () =>
  (await archive.reader.board('20261121', '20261121')).cards.map(({ order }) => order.patient.patientName)
const path = () => join(inbox, 'day.csv')

/** Until the folder was looked at so often more. */
async function looked(times: number) {
  for (let turn = 0; turn < times; turn += 1) {
    watch?.look()
    await watch?.looked()
  }
}

test('a file that cannot be moved away makes its requests once, and the page says so', async () => {
  writeFileSync(join(inbox, 'done'), 'not a folder')
  writeFileSync(path(), CSV)
  watch = new RequestFolder(archive, inbox)
  await looked(6)
  // The folder is looked at by itself, too: what is said is read before anything else is waited for.
  expect(watch.problem).toContain('cannot be moved')
  expect(await names()).toEqual(['Rex', 'Miso'])
  rmSync(join(inbox, 'done'))
  await looked(2)
  expect(readdirSync(inbox)).toEqual(['done'])
  expect(watch.problem).toBe('')
  expect(await names()).toEqual(['Rex', 'Miso'])
})

test('a file that was taken when the program was killed makes no second requests', async () => {
  // A whole second: of a time between two milliseconds a Date keeps the nearer one.
  const written = new Date('2026-11-21T08:00:00Z')
  writeFileSync(path(), CSV)
  utimesSync(path(), written, written)
  watch = new RequestFolder(archive, inbox)
  await looked(3)
  await watch.close()
  // As the kill left it: the requests are on disk, the file was not moved yet.
  writeFileSync(path(), CSV)
  utimesSync(path(), written, written)
  watch = new RequestFolder(archive, inbox)
  await looked(3)
  expect(await names()).toEqual(['Rex', 'Miso'])
})

test('a table with other columns is refused in words, kept and listed, and holds up no other', async () => {
  writeFileSync(path(), 'animal,what\nRex,Thorax\n')
  writeFileSync(join(inbox, 'right.csv'), CSV)
  watch = new RequestFolder(archive, inbox)
  await looked(3)
  expect(await names()).toEqual(['Rex', 'Miso'])
  expect(readdirSync(inbox).toSorted()).toEqual(['done', 'refused'])
  expect(readdirSync(join(inbox, 'refused'))).toMatchObject([expect.stringContaining('day.csv')])
  const [refused] = (await archive.reader.listInputs(10)).filter(({ outcome }) => outcome === 'refused')
  expect(refused).toMatchObject({ kind: 'file', source: 'day.csv' })
  expect(refused?.sentence).toContain('"name" and "procedure" are needed')
})

test('a table in the code page of a spreadsheet keeps its letters', async () => {
  writeFileSync(path(), Buffer.from('name,procedure,modality,date\nM\u00fcller,Thorax,DX,2026-11-21\n', 'latin1'))
  watch = new RequestFolder(archive, inbox)
  await looked(3)
  expect(await names()).toEqual(['M\u00fcller'])
})
