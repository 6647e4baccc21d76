import { closeSync, openSync, writeSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SavedMeasurement } from '#shared/contract/measurements.ts'
import type { ArchiveReaderApi, ArchiveWriterApi } from './archiveApi.ts'
import { ctImage, fromScanner, publish, temporaryFolder } from './archiveFixture.ts'
import { databasePath } from './archivePaths.ts'
import { archiveReader } from './archiveReader.ts'
import { archiveWriter } from './archiveWriter.ts'
import { InstanceStore } from './instanceStore.ts'
import { openArchive } from './openArchive.ts'
import { openIndex } from './openIndex.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: InstanceStore
let writer: ArchiveWriterApi
let reader: ArchiveReaderApi

beforeEach(() => {
  folder = temporaryFolder()
  const { db, folders } = openIndex(folder.path)
  writer = archiveWriter(db, folders, { studiesChanged: () => {}, storageFolderChanged: () => {} })
  reader = archiveReader(db)
  store = new InstanceStore(folders.current().path)
})
afterEach(async () => {
  store.close()
  await writer.close()
  folder.remove()
})

const add = (values = {}) => writer.addInstance(publish(store, ctImage(values), fromScanner()))

function lengthOn(instanceId: number, differs: Partial<SavedMeasurement> = {}): SavedMeasurement {
  return {
    measurementId: crypto.randomUUID(),
    instanceId,
    frame: 0,
    kind: 'length',
    points: [
      [0, 0],
      [3, 4],
    ],
    name: '',
    hidden: false,
    moved: null,
    knownMm: 0,
    measured: { kind: 'length', length: 5, unit: 'px', source: 'no spacing' },
    ...differs,
  }
}

test('a measurement is listed with its study, changed in place, and removed', async () => {
  const { instanceId, seriesId, studyId } = await add()
  const first = lengthOn(instanceId)
  const second = lengthOn(instanceId)
  expect(await writer.saveMeasurements([first, second])).toEqual({ saved: 2 })
  await writer.saveMeasurements([{ ...first, name: 'Node', moved: [2, -3] }])
  expect(await reader.listMeasurements([studyId])).toEqual([
    { ...first, name: 'Node', moved: [2, -3], seriesId, frames: 1 },
    { ...second, seriesId, frames: 1 },
  ])
  await writer.deleteMeasurements([first.measurementId])
  expect((await reader.listMeasurements([studyId])).map((one) => one.measurementId)).toEqual([second.measurementId])
  expect(await reader.listMeasurements([studyId + 1])).toEqual([])
})

test('it goes to the trash and comes back with its image, and is gone when the trash is emptied', async () => {
  const { instanceId, studyId } = await add()
  await writer.saveMeasurements([lengthOn(instanceId)])
  await writer.trashStudies([studyId])
  expect(await reader.listMeasurements([studyId])).toEqual([])
  await writer.restoreStudies([studyId])
  expect(await reader.listMeasurements([studyId])).toHaveLength(1)
  await writer.trashStudies([studyId])
  await writer.emptyTrash(-1)
  const again = await add()
  expect(await reader.listMeasurements([again.studyId])).toEqual([])
})

test('of an image that is gone nothing is kept, and a known id never moves to another image', async () => {
  const { instanceId, studyId } = await add()
  const other = await add({ StudyInstanceUID: '1.2.3.2', SeriesInstanceUID: '1.2.3.2.1', PatientID: 'P2' })
  const one = lengthOn(instanceId)
  expect(await writer.saveMeasurements([one, lengthOn(999)])).toEqual({ saved: 1 })
  expect(await writer.saveMeasurements([{ ...one, instanceId: other.instanceId }])).toEqual({ saved: 0 })
  expect(await reader.listMeasurements([studyId])).toHaveLength(1)
  expect(await reader.listMeasurements([other.studyId])).toEqual([])
})

/** On whatever is here: a study that lost its only image for a moment has another id. */
async function measured() {
  const { rows } = await reader.listStudies({ offset: 0, limit: 10 })
  return reader.listMeasurements(rows.map(({ studyId }) => studyId))
}

test('what was measured on an image that is replaced lies in quarantine with it, and comes back with it', async () => {
  const { instanceId } = await add({ SOPInstanceUID: '1.2.3.1.1.7' })
  await writer.saveMeasurements([lengthOn(instanceId), lengthOn(instanceId)])
  const other = publish(
    store,
    ctImage({ SOPInstanceUID: '1.2.3.1.1.7', PatientComments: 'another one' }),
    fromScanner(),
  )
  await writer.addInstance({ ...other, onConflict: 'quarantine' })
  const [row] = (await reader.listQuarantined(10)).rows
  expect(row?.measurements).toBe(2)
  expect(await writer.acceptQuarantined(row?.quarantineId ?? 0)).toBe(true)
  const [replaced] = (await reader.listQuarantined(10)).rows
  expect(replaced).toMatchObject({ reason: 'replaced', measurements: 0 })
  expect(await measured()).toEqual([])
  expect(await writer.acceptQuarantined(replaced?.quarantineId ?? 0)).toBe(true)
  expect(await measured()).toHaveLength(2)
})

test('an arrival that replaces an image says what lies with the other one', async () => {
  const { instanceId } = await add({ SOPInstanceUID: '1.2.3.1.1.8' })
  await writer.saveMeasurements([lengthOn(instanceId)])
  const changed = ctImage({ SOPInstanceUID: '1.2.3.1.1.8', PatientComments: 'another one' })
  const added = await writer.addInstance({ ...publish(store, changed, fromScanner()), onConflict: 'replace' })
  expect(added.note).toContain('One measurement lies with that one.')
  expect(await measured()).toEqual([])
})

test('measurements of a damaged index come back with its images', async () => {
  const { instanceId } = await add()
  await writer.saveMeasurements([lengthOn(instanceId, { name: 'Node' })])
  store.close()
  await writer.close()
  damage(folder.path)
  const archive = await openArchive(folder.path, { rebuildIndex: true })
  for await (const _ of archive.writer.rebuildIndex(new AbortController().signal));
  const { rows } = await archive.reader.listStudies({ offset: 0, limit: 10 })
  const found = await archive.reader.listMeasurements(rows.map(({ studyId }) => studyId))
  expect(found.map(({ name }) => name)).toEqual(['Node'])
  await archive.close()
})

/** Overwrites a page of the database that the index does not need to be read. */
function damage(dataFolder: string): void {
  const { db } = openIndex(dataFolder)
  db.pragma('wal_checkpoint(TRUNCATE)')
  const root = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'studies_by_owner'").pluck().get() as number
  db.close()
  const file = openSync(databasePath(dataFolder), 'r+')
  writeSync(file, Buffer.alloc(4096, 0xff), 0, 4096, (root - 1) * 4096)
  closeSync(file)
}

test('measurements survive making the index anew', async () => {
  const { instanceId, studyId } = await add()
  await writer.saveMeasurements([lengthOn(instanceId)])
  for await (const _ of writer.rebuildIndex(new AbortController().signal));
  expect(await reader.listMeasurements([studyId])).toHaveLength(1)
})
