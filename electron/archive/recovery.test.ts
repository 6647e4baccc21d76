import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { frontDesk, orderContentOf } from '#electron/worklist/orderFixture.ts'
import type { NewInstance } from './archiveApi.ts'
import { ctImage, publish, temporaryFolder } from './archiveFixture.ts'
import { ArchiveOpenError } from './archiveOpenError.ts'
import { databasePath } from './archivePaths.ts'
import type { Connection } from './database.ts'
import { InstanceStore } from './instanceStore.ts'
import { type Archive, openArchive } from './openArchive.ts'
import { openIndex } from './openIndex.ts'

const filter = { offset: 0, limit: 200 }
let folder: ReturnType<typeof temporaryFolder>
let archive: Archive
beforeEach(async () => {
  folder = temporaryFolder()
  archive = await openArchive(folder.path)
})
afterEach(async () => {
  await archive.close()
  folder.remove()
})

const restart = async (options = {}) => {
  await archive.close()
  archive = await openArchive(folder.path, options)
}
const withStore = async <Result>(work: (store: InstanceStore) => Promise<Result>) => {
  const store = new InstanceStore(archive.storageFolder)
  const result = await work(store)
  store.close()
  return result
}
const addAll = (images: ReturnType<typeof ctImage>[]) =>
  withStore(async (store) => {
    const added: NewInstance[] = []
    for (const image of images) {
      const instance = publish(store, image)
      await archive.writer.addInstance(instance)
      added.push(instance)
    }
    return added
  })
const files = () =>
  readdirSync(archive.storageFolder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.dcm'))
const rebuild = async () => {
  const steps = []
  for await (const step of archive.writer.rebuildIndex(new AbortController().signal)) steps.push(step)
  return steps.at(-1)
}

/** One page of an index of the database is no longer what it was. */
function damage(dataFolder: string): void {
  const { db } = openIndex(dataFolder)
  db.pragma('wal_checkpoint(TRUNCATE)')
  const root = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'studies_by_owner'").pluck().get() as number
  db.close()
  const file = openSync(databasePath(dataFolder), 'r+')
  writeSync(file, Buffer.alloc(4096, 0xff), 0, 4096, (root - 1) * 4096)
  closeSync(file)
}
const transferRow = {
  ...{ kind: 'send' as const, title: '', peer: 'There', startedAt: 1, endedAt: null, total: 1, done: 0, warnings: 0 },
  ...{ failed: 0, duplicates: 0, bytes: 0, bytesPerSecond: 0, message: '', canRetry: false, plan: '{}' },
  ...{
    priority: 'normal' as const,
    attempts: 0,
    nextAttemptAt: null,
    opensAt: null,
    isAtAnyHour: false,
    hold: null,
    ruleName: '',
    proof: null,
    run: null,
  },
}

/** Everything that the index says, without ids. */
async function everything(): Promise<unknown> {
  await archive.close()
  const { db } = openIndex(folder.path)
  const content = dump(db)
  db.close()
  archive = await openArchive(folder.path)
  return content
}
function dump(db: Connection): unknown {
  const strip = (row: unknown) =>
    Object.fromEntries(
      Object.entries(row as object).filter(([name]) => !/_id$|_ref$|opened_at/.test(name) || name === 'patient_id'),
    )
  const all = (sql: string) => (db.prepare(sql).all() as unknown[]).map(strip)
  return {
    patients: all('SELECT * FROM patients ORDER BY identity'),
    clients: all('SELECT * FROM clients ORDER BY identity'),
    others: all('SELECT * FROM external_patients ORDER BY patient_id'),
    studies: all('SELECT * FROM studies ORDER BY study_instance_uid, patient_identity'),
    series: all('SELECT * FROM series ORDER BY series_instance_uid, instance_count'),
    instances: all(
      `SELECT * FROM instances JOIN instance_attributes USING (instance_id) JOIN instance_images USING (instance_id)
         JOIN sources USING (source_id) ORDER BY sop_instance_uid`,
    ),
  }
}
const someStudies = () =>
  Array.from({ length: 12 }, (_, at) =>
    ctImage({
      StudyInstanceUID: `1.2.3.${at % 3}`,
      SeriesInstanceUID: `1.2.3.${at % 3}.${at % 2}`,
      Modality: at % 2 === 0 ? 'CT' : 'SR',
      PatientID: at % 3 === 0 ? null : `P${at % 3}`,
      InstanceNumber: String(at),
      OtherPatientIDsSequence: [{ PatientID: `CHIP${at % 3}` }],
    }),
  )

const tornImage = () => ctImage({ PixelData: new Uint8Array(100_000).fill(1) })
/** What a power cut leaves of a file that has its name already. */
function tear(file: string): void {
  const path = join(archive.storageFolder, file)
  const bytes = readFileSync(path)
  writeFileSync(path, bytes.fill(0, bytes.length - 50_000))
}

test('a file that got its name and whose data a power cut took is not taken for an image, by a rebuild neither', async () => {
  await withStore(async (store) => tear(publish(store, tornImage()).file))
  await restart()
  expect((await archive.reader.totals()).instances).toBe(0)
  expect(files()).toHaveLength(1)
  expect(await rebuild()).toMatchObject({ failed: 1 })
  expect((await archive.reader.totals()).instances).toBe(0)
})

test('nor when other threads began new folders after it', async () => {
  await withStore(async (store) => {
    tear(publish(store, tornImage()).file)
    for (let at = 0; at < 5; at += 1) await addAll([ctImage()])
  })
  await restart()
  expect((await archive.reader.totals()).instances).toBe(5)
})

test('an image that is sent again takes the place of its damaged file', async () => {
  const image = tornImage()
  const [first] = await addAll([image])
  tear(first?.file ?? '')
  await withStore(async (store) => {
    expect(await archive.writer.addInstance(publish(store, image))).toMatchObject({ outcome: 'stored' })
    expect(await archive.writer.addInstance(publish(store, image))).toMatchObject({ outcome: 'duplicate' })
  })
  expect((await archive.reader.totals()).instances).toBe(1)
  await expect.poll(files).toHaveLength(1)
  expect(files()[0]).not.toBe(first?.file)
})

test('a file that was published but not indexed when the process died is indexed at the next start', async () => {
  await addAll([ctImage()])
  await withStore(async (store) => publish(store, ctImage()))
  expect((await archive.reader.totals()).instances).toBe(1)
  await restart()
  expect((await archive.reader.totals()).instances).toBe(2)
  await restart()
  expect((await archive.reader.totals()).instances).toBe(2)
})

test('what is left of a duplicate, a conflict or a half-written file is gone after the next start', async () => {
  const image = ctImage()
  await addAll([image])
  await withStore(async (store) => {
    publish(store, image)
    publish(store, { ...image, PatientName: 'Other' })
    store.begin().write(Buffer.alloc(100))
  })
  expect(files()).toHaveLength(3)
  await restart()
  expect(files()).toHaveLength(1)
  expect(readdirSync(join(archive.storageFolder, 'tmp'))).toEqual([])
  expect((await archive.reader.listStudies(filter)).rows[0]).toMatchObject({
    instances: 1,
    patientName: 'Müller^Bella',
  })
})

test('what was deleted stays so when a dying process left another copy of it, or its file', async () => {
  const image = ctImage()
  await addAll([image])
  await archive.writer.trashStudies([1])
  await withStore(async (store) => {
    publish(store, image)
    publish(store, { ...image, PatientName: 'Other' })
  })
  await restart()
  expect((await archive.reader.totals()).instances).toBe(0)
  expect(files()).toHaveLength(1)
  // emptied, and killed before the file was removed
  const path = join(archive.storageFolder, files()[0]!)
  const bytes = readFileSync(path)
  await archive.writer.emptyTrash(-1)
  await expect.poll(files).toEqual([])
  await archive.close()
  writeFileSync(path, bytes)
  const { db } = openIndex(folder.path)
  db.prepare('INSERT INTO file_removals (path) VALUES (?)').run(path)
  db.close()
  archive = await openArchive(folder.path)
  expect((await archive.reader.totals()).instances).toBe(0)
  await expect.poll(files).toEqual([])
})

test('a rebuild leaves in the trash what is there, whatever it finds', async () => {
  const image = ctImage()
  await addAll([image])
  await archive.writer.trashStudies([1])
  await withStore(async (store) => publish(store, image))
  await rebuild()
  expect(await archive.reader.totals()).toMatchObject({ instances: 0, trashedInstances: 1 })
  expect(files()).toHaveLength(1)
})

test('two patients under one Study Instance UID stay two when the index is made anew', async () => {
  await addAll([
    ctImage({ PatientID: 'A', PatientName: 'ALPHA' }),
    ctImage({ PatientID: 'B', PatientName: 'BETA' }),
    ctImage({ PatientID: 'A', PatientName: null, InstanceNumber: '2' }),
  ])
  const before = await everything()
  await rebuild()
  expect(await everything()).toEqual(before)
  const { rows } = await archive.reader.listStudies(filter)
  expect(rows.map((row) => [row.patientName, row.instances]).sort()).toEqual([
    ['ALPHA', 2],
    ['BETA', 1],
  ])
})

test('a file of the archive that nobody can read stays where it is and does not stop the start', async () => {
  const [instance] = await addAll([ctImage()])
  const name = `000009/${'0'.repeat(64)}-00000000.dcm`
  mkdirSync(join(archive.storageFolder, '000009'))
  writeFileSync(join(archive.storageFolder, name), 'no image')
  await restart()
  expect(files().sort()).toEqual([instance!.file, name].sort())
})

test('an index that is lost is made again from the files, and says the same', async () => {
  await addAll(someStudies())
  const before = await everything()
  await archive.close()
  for (const ending of ['', '-wal', '-shm']) rmSync(databasePath(folder.path) + ending, { force: true })
  archive = await openArchive(folder.path)
  const unsourced = (content: unknown) =>
    JSON.parse(JSON.stringify(content), (key, value: unknown) =>
      ['received_at', 'source', 'source_key', 'kind', 'calling_ae_title', 'address'].includes(key) ? undefined : value,
    ) as unknown
  expect(unsourced(await everything())).toEqual(unsourced(before))
})

test('rows that were spoilt are put right by a rebuild; ids, sources and the trash stay', async () => {
  await addAll(someStudies())
  const trashed = (await archive.reader.listStudies(filter)).rows[0]!.studyId
  await archive.writer.trashStudies([trashed])
  const before = await everything()
  const ids = (await archive.reader.listStudies({ ...filter, trashed: true })).rows.map((row) => row.studyId)
  await archive.close()
  const { db } = openIndex(folder.path)
  db.exec(`UPDATE studies SET patient_name = 'x', name_key = 'x', instance_count = 99, modalities = '';
    UPDATE series SET modality = 'XX', instance_count = 0; UPDATE instances SET position = 5, transfer_syntax_uid = 'x';
    DELETE FROM instance_images; UPDATE instance_attributes SET attributes = '{}'`)
  db.close()
  archive = await openArchive(folder.path)
  expect(await rebuild()).toEqual({ done: 12, total: 12, failed: 0 })
  expect(await everything()).toEqual(before)
  expect((await archive.reader.listStudies({ ...filter, trashed: true })).rows.map((row) => row.studyId)).toEqual(ids)
})

test('a rebuild drops rows whose file is lost and counts files that it cannot read', async () => {
  const added = await addAll(someStudies())
  rmSync(join(archive.storageFolder, added[0]!.file))
  truncateSync(join(archive.storageFolder, added[1]!.file), 10)
  expect(await rebuild()).toEqual({ done: 11, total: 11, failed: 1 })
  expect((await archive.reader.totals()).instances).toBe(11)
})

test('a damaged index says so, and --rebuild-index makes it anew with what the old one remembers', async () => {
  await addAll(someStudies())
  await archive.writer.trashStudies([1])
  const [unread, seen] = (await archive.reader.listStudies(filter)).rows
  await archive.writer.markOpened(seen!.studyId)
  const before = await everything()
  await archive.close()
  const { db } = openIndex(folder.path)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.exec(`INSERT INTO inputs (kind, received_at, source, outcome, sentence, content) VALUES ('hl7', 1, 'PMS', 'taken', '', '');
    DELETE FROM procedures WHERE procedure_id > 3`)
  db.close()
  damage(folder.path)
  archive = await openArchive(folder.path, { rebuildIndex: true })
  expect(await rebuild()).toEqual({ done: 12, total: 12, failed: 0 })
  expect(readdirSync(folder.path).some((name) => name.includes('.damaged-'))).toBe(true)
  expect(await everything()).toEqual(before)
  const opened = new Map(
    (await archive.reader.listStudies(filter)).rows.map((row) => [row.studyInstanceUID, row.openedAt]),
  )
  expect([opened.get(unread!.studyInstanceUID), opened.get(seen!.studyInstanceUID)]).toEqual([null, expect.any(Number)])

  await archive.close()
  const made = openIndex(folder.path).db
  expect(made.prepare('SELECT source FROM inputs').pluck().all()).toEqual(['PMS'])
  expect(made.prepare('SELECT count(*) FROM procedures').pluck().get()).toBe(3)
  made.close()
  writeFileSync(databasePath(folder.path), 'this is no database, though it is long enough to be taken for one by far')
  await expect(openArchive(folder.path)).rejects.toThrow(ArchiveOpenError)
  archive = await openArchive(folder.path, { rebuildIndex: true })
  await rebuild()
  expect((await archive.reader.totals()).instances).toBe(12)
})

test('what an index knew of transfers and of how far rules have looked goes on in the one that is made anew', async () => {
  const [first, second] = [ctImage({ StudyInstanceUID: '1.2.9.1' }), ctImage({ StudyInstanceUID: '1.2.9.2' })]
  const kept = { ...transferRow, transferId: 'send', studyIds: [2], state: 'waiting' as const }
  await addAll([ctImage(), first, second])
  await archive.writer.trashStudies([1])
  await archive.writer.emptyTrash(-1)
  await expect.poll(files).toHaveLength(2)
  await archive.writer.startRule(7, 2)
  await archive.writer.saveTransfers([
    { row: kept, items: [{ key: '1.2.3', state: 'waiting', status: null, note: '' }] },
  ])
  await archive.writer.expectInstances([{ studyInstanceUID: '1.2.9.1', saidBy: 'PACS', instances: 9 }])
  const { orderId } = await archive.writer.createOrder({ content: orderContentOf(), source: frontDesk })
  await archive.writer.attachStudy(orderId, 2)
  await archive.writer.leaveStudy(3)
  await archive.close()
  damage(folder.path)
  archive = await openArchive(folder.path, { rebuildIndex: true })
  await rebuild()
  const studyIdOf = async (uid: string) => (await archive.reader.findStudyUIDs([uid]))[uid]?.studyId ?? 0
  const arrivals = await archive.reader.arrivals(7)
  expect(arrivals?.map(({ studyId }) => studyId)).toEqual([await studyIdOf('1.2.9.2')])
  const [transfer] = await archive.reader.listTransfers(10)
  expect(transfer).toMatchObject({ transferId: 'send', state: 'waiting', studyIds: [await studyIdOf('1.2.9.1')] })
  expect(await archive.reader.listTransferItems('send')).toMatchObject([{ key: '1.2.3' }])
  const [state] = await archive.reader.studyStates([await studyIdOf('1.2.9.1')])
  expect(state).toMatchObject({ received: 1, expected: 9, saidBy: 'PACS' })
  const decisions = [await studyIdOf('1.2.9.1'), await studyIdOf('1.2.9.2')]
  await archive.close()
  const { db } = openIndex(folder.path)
  const decided = db.prepare('SELECT study_id, order_id, how FROM order_studies ORDER BY study_id').raw().all()
  db.close()
  expect(decided).toEqual([
    [decisions[0], orderId, 'person'],
    [decisions[1], null, 'left'],
  ])
  archive = await openArchive(folder.path)
})

test('a storage folder that is not there is said, not replaced by an empty one', async () => {
  await addAll([ctImage()])
  const away = `${archive.storageFolder}-away`
  await archive.close()
  renameSync(archive.storageFolder, away)
  await expect(openArchive(folder.path)).rejects.toMatchObject({ name: 'ArchiveOpenError', code: 'STORAGE_MISSING' })
  renameSync(away, join(folder.path, 'storage'))
  archive = await openArchive(folder.path)
  expect((await archive.reader.totals()).instances).toBe(1)
})
