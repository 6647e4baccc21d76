import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TransferItem } from '#shared/contract/transfers.ts'
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '#shared/dicom/transferSyntax.ts'
import type { ArchiveReaderApi, ArchiveWriterApi, KeptTransfer } from './archiveApi.ts'
import { ctImage, fromScanner, publish, temporaryFolder } from './archiveFixture.ts'
import { archiveReader } from './archiveReader.ts'
import { archiveWriter } from './archiveWriter.ts'
import type { Connection } from './database.ts'
import { GroupCommit } from './groupCommit.ts'
import { InstanceStore } from './instanceStore.ts'
import { openIndex } from './openIndex.ts'
import { refreshImages } from './refreshImages.ts'
import type { StorageFolders } from './storageFolders.ts'

const filter = { offset: 0, limit: 200 }
const SPECIES_CODE = { CodeValue: 'L-80700', CodingSchemeDesignator: 'SRT', CodeMeaning: 'Canis lupus familiaris' }
let folder: ReturnType<typeof temporaryFolder>
let db: Connection
let folders: StorageFolders
let writer: ArchiveWriterApi
let reader: ArchiveReaderApi
let store: InstanceStore
let changed: number[]

beforeEach(() => {
  folder = temporaryFolder()
  const index = openIndex(folder.path)
  db = index.db
  folders = index.folders
  changed = []
  writer = archiveWriter(db, folders, {
    studiesChanged: (studyIds) => changed.push(...studyIds),
    storageFolderChanged: () => {},
  })
  reader = archiveReader(db)
  store = new InstanceStore(folders.current().path)
})
afterEach(async () => {
  store.close()
  await writer.close()
  folder.remove()
})

const files = () =>
  readdirSync(folders.current().path, { recursive: true }).filter((name) => String(name).endsWith('.dcm')).length
const add = (values = {}, source = fromScanner()) => writer.addInstance(publish(store, ctImage(values), source))

/** Counts on series and studies against what the instances say. */
function expectCountsToBeTrue(): void {
  const wrong = db
    .prepare(
      `SELECT study_id FROM studies s WHERE
         instance_count <> (SELECT count(*) FROM instances i WHERE i.study_id = s.study_id AND trashed_at IS NULL)
         OR trashed_instances <> (SELECT count(*) FROM instances i WHERE i.study_id = s.study_id AND trashed_at IS NOT NULL)
         OR bytes <> (SELECT coalesce(sum(bytes), 0) FROM instances i WHERE i.study_id = s.study_id AND trashed_at IS NULL)
         OR listed <> (instance_count > 0)
         OR instance_count <> (SELECT sum(instance_count) FROM series WHERE series.study_id = s.study_id)`,
    )
    .all()
  expect(wrong).toEqual([])
}

test('the same bytes again are a duplicate: no row, no file, no error', async () => {
  const image = ctImage()
  const first = await writer.addInstance(publish(store, image))
  const second = await writer.addInstance(publish(store, image))
  expect(second).toEqual({ ...first, outcome: 'duplicate' })
  expect(files()).toBe(1)
  expectCountsToBeTrue()
})

test('other bytes under the same UID are a conflict: the first is kept', async () => {
  const image = ctImage()
  const first = await writer.addInstance(publish(store, image))
  const second = await writer.addInstance(publish(store, { ...image, PatientName: 'Somebody^Else' }))
  expect(second.outcome).toBe('conflict')
  expect(second.instanceId).toBe(first.instanceId)
  expect(files()).toBe(1)
  expect((await reader.listStudies(filter)).rows[0]?.patientName).toBe('Müller^Bella')
})

test('the very file that is indexed, offered again after a lost answer, is not removed', async () => {
  const instance = publish(store, ctImage())
  await writer.addInstance(instance)
  expect((await writer.addInstance(instance)).outcome).toBe('duplicate')
  expect(files()).toBe(1)
})

test('an instance whose file was lost is taken anew', async () => {
  const image = ctImage()
  const instance = publish(store, image)
  await writer.addInstance(instance)
  rmSync(join(folders.current().path, instance.file))
  expect((await writer.addInstance(publish(store, image))).outcome).toBe('stored')
  expect((await reader.totals()).instances).toBe(1)
  expect(files()).toBe(1)
  expectCountsToBeTrue()
})

test('an instance whose file is not there gets no row', async () => {
  const instance = { ...publish(store, ctImage()), file: '000001/none.dcm' }
  await expect(writer.addInstance(instance)).rejects.toMatchObject({ code: 'io' })
  expect((await reader.totals()).instances).toBe(0)
})

test('one that cannot be indexed does not take its neighbours in the commit along', async () => {
  const good = [publish(store, ctImage()), publish(store, ctImage())]
  const bad = publish(store, ctImage())
  bad.attributes = { ...bad.attributes, SOPInstanceUID: '' }
  const results = await Promise.allSettled([good[0], bad, good[1]].map((one) => writer.addInstance(one!)))
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect((await reader.totals()).instances).toBe(2)
})

test('every attribute that R154 to R163 name is stored', async () => {
  const values = {
    IssuerOfPatientID: 'CLINIC',
    PatientBirthDate: '20200101',
    PatientBirthTime: '0800',
    PatientAge: '004Y',
    PatientSex: 'F',
    PatientSexNeutered: 'ALTERED',
    PatientBreedDescription: 'Beagle',
    ResponsiblePersonRole: 'OWNER',
    ResponsibleOrganization: 'Shelter',
    AccessionNumber: 'A1',
    StudyID: 'S1',
    AcquisitionDate: '20240131',
    AcquisitionTime: '101600',
    AcquisitionDateTime: '20240131101600',
    ImageComments: 'sedated',
    Manufacturer: 'Maker',
    ManufacturerModelName: 'Model',
    SeriesDescription: 'Bone',
    SeriesNumber: '3',
    WindowCenter: '40',
    WindowWidth: '400',
    DateOfSecondaryCapture: '20240201',
    TimeOfSecondaryCapture: '090000',
    InstitutionName: 'Clinic',
    ViewPosition: 'AP',
    NumberOfFrames: '1',
    RescaleIntercept: '-1024',
    RescaleSlope: '1',
    OtherPatientIDsSequence: [{ PatientID: 'CHIP-9', IssuerOfPatientID: 'CHIPS' }],
    PatientBreedCodeSequence: [{ CodeValue: 'L-80733', CodingSchemeDesignator: 'SRT', CodeMeaning: 'Beagle' }],
    PatientSpeciesCodeSequence: [SPECIES_CODE],
  }
  const { instanceId } = await add(values)
  const row = db.prepare('SELECT attributes FROM instance_attributes WHERE instance_id = ?').get(instanceId)
  const attributes = JSON.parse((row as { attributes: string }).attributes) as Record<string, string>
  for (const [keyword, value] of Object.entries(values))
    expect(attributes[keyword], keyword).toBe(typeof value === 'string' ? value : JSON.stringify(value))
  expect(attributes).toMatchObject({
    ResponsiblePerson: 'Müller^Anna',
    PatientID: 'P1',
    PatientName: 'Müller^Bella',
    StudyTime: '101500',
    StudyDate: '20240131',
    PatientSpeciesDescription: 'Canine',
    Modality: 'CT',
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: '2',
    Columns: '2',
    HighBit: '15',
    PixelRepresentation: '0',
  })
  expect(db.prepare('SELECT patient_id, issuer_of_patient_id FROM external_patients').all()).toEqual([
    { patient_id: 'CHIP-9', issuer_of_patient_id: 'CHIPS' },
  ])
  expect(db.prepare('SELECT kind, calling_ae_title, address FROM sources').all()).toEqual([
    { kind: 'receive', calling_ae_title: 'CT1', address: '10.0.0.5' },
  ])
})

test('an object without patient, owner, or even UIDs is stored, and never joined with another', async () => {
  const bare = { PatientID: null, PatientName: null, ResponsiblePerson: null, PatientSpeciesDescription: null }
  const nameless = { ...bare, StudyInstanceUID: null, SeriesInstanceUID: null, SOPInstanceUID: null }
  const first = await add({ ...nameless, ImageComments: 'one', PatientSpeciesCodeSequence: [SPECIES_CODE] })
  const second = await add({ ...nameless, ImageComments: 'two' })
  expect(first.studyId).not.toBe(second.studyId)
  const [study] = await reader.getStudies([first.studyId])
  expect(study).toMatchObject({ patientName: '', owner: '', species: 'Canis lupus familiaris', instances: 1 })
  expect(db.prepare('SELECT count(*) AS n FROM patients').get()).toEqual({ n: 2 })
})

test('studies of one patient ID share the patient; each keeps the name it came with', async () => {
  const first = await add()
  const second = await add({ StudyInstanceUID: '1.2.3.2', PatientName: 'Mueller^Bella' })
  expect(db.prepare('SELECT count(*) AS n FROM patients').get()).toEqual({ n: 1 })
  const names = (await reader.getStudies([first.studyId, second.studyId])).map((row) => row.patientName)
  expect(names).toEqual(['Müller^Bella', 'Mueller^Bella'])
})

test('images come in the order of instance number, then along the normal, then acquisition', async () => {
  const placed = (z: number, InstanceNumber: string | null, AcquisitionNumber = '1') => ({
    ...{ InstanceNumber, AcquisitionNumber, ImageOrientationPatient: ['1', '0', '0', '0', '1', '0'] },
    ...{ ImagePositionPatient: ['0', '0', String(z)], PixelSpacing: ['1', '1'] },
  })
  const added = [
    await add(placed(9, null)),
    await add(placed(5, '2')),
    await add(placed(-3, '2', '2')),
    await add(placed(5, '2', '0')),
    await add(placed(7, '1')),
    await add(placed(1, '10')),
  ].map(({ instanceId }) => instanceId)
  const images = await reader.listImages((await reader.listSeries(1))[0]!.seriesId)
  expect(images.map(({ instanceId }) => added.indexOf(instanceId))).toEqual([4, 2, 3, 1, 5, 0])
})

test('a trashed study leaves list, series, totals and lookups; restored it is as before', async () => {
  const image = ctImage()
  const { studyId, seriesId, instanceId } = await writer.addInstance(publish(store, image))
  await add({ Modality: 'SR', SeriesInstanceUID: '1.2.3.1.2' })
  const before = await reader.listStudies(filter)
  const uid = String(image.SOPInstanceUID)
  expect(await reader.holds([uid, '__proto__'])).toEqual({ [uid]: instanceId })
  expect(await writer.trashStudies([studyId, 404])).toEqual({ studies: 1, instances: 2 })
  expectCountsToBeTrue()
  expect((await reader.listStudies(filter)).total).toBe(0)
  const inTrash = await reader.listStudies({ ...filter, trashed: true })
  expect(inTrash.rows[0]).toMatchObject({ studyId, instances: 2, series: 2, modalities: ['CT', 'SR'] })
  expect(inTrash.rows[0]?.trashedAt).toBeGreaterThan(0)
  expect(await reader.listSeries(studyId)).toEqual([])
  expect(await reader.listImages(seriesId)).toEqual([])
  expect(await reader.locate({ studyIds: [studyId], instanceIds: [instanceId] })).toEqual([])
  expect(await reader.holds([uid])).toEqual({})
  expect(await reader.findStudyUIDs(['1.2.3.1'])).toEqual({})
  expect(await reader.totals()).toEqual({ studies: 0, instances: 0, bytes: 0, trashedInstances: 2 })
  expect(await writer.restoreStudies([studyId])).toEqual({ studies: 1 })
  expect(await reader.listStudies(filter)).toEqual(before)
  expect(await reader.findStudyUIDs(['1.2.3.1'])).toEqual({ '1.2.3.1': { studyId, instances: 2 } })
  expectCountsToBeTrue()
})

test('what arrives again comes out of the trash; the rest of its study stays there', async () => {
  const image = ctImage()
  const { studyId } = await writer.addInstance(publish(store, image))
  await add({ InstanceNumber: '2' })
  await writer.trashStudies([studyId])
  expect((await writer.addInstance(publish(store, image))).outcome).toBe('duplicate')
  await add({ InstanceNumber: '3' })
  expect((await reader.listStudies(filter)).rows[0]).toMatchObject({ instances: 2, trashedAt: null })
  expect((await reader.listStudies({ ...filter, trashed: true })).rows[0]?.trashedAt).toBeGreaterThan(0)
  expectCountsToBeTrue()
})

test('the trash is emptied of what is old enough, files and people too', async () => {
  const { studyId } = await add()
  await add({ InstanceNumber: '2' })
  const kept = await add({ StudyInstanceUID: '1.2.3.2', PatientID: 'P2', ResponsiblePerson: 'Else^Someone' })
  await writer.trashStudies([studyId])
  expect(await writer.emptyTrash(30)).toEqual({ instances: 0, bytes: 0 })
  db.prepare('UPDATE instances SET trashed_at = trashed_at - 31 * 86400000 WHERE trashed_at IS NOT NULL').run()
  const emptied = await writer.emptyTrash(30)
  expect(emptied.instances).toBe(2)
  expect(emptied.bytes).toBeGreaterThan(0)
  await expect.poll(files).toBe(1)
  expect((await reader.listStudies(filter)).rows.map((row) => row.studyId)).toEqual([kept.studyId])
  expect(db.prepare('SELECT patient_id FROM patients').all()).toEqual([{ patient_id: 'P2' }])
  expect(db.prepare('SELECT responsible_person AS name FROM clients').all()).toEqual([{ name: 'Else^Someone' }])
  expect(db.prepare('SELECT count(*) AS n FROM instance_images').get()).toEqual({ n: 1 })
  expectCountsToBeTrue()
})

test('transfers and their items are kept, replaced by key, and go together', async () => {
  const transfer = { transferId: 't1', startedAt: 5, title: 'x', plan: '' } as KeptTransfer
  const item = (key: string, state: TransferItem['state']): TransferItem => ({ key, state, status: 0, note: '' })
  await writer.saveTransfers([
    { row: transfer, items: [item('b', 'waiting'), item('a', 'waiting')] },
    { row: { ...transfer, transferId: 't2', startedAt: 6 }, items: [] },
  ])
  await writer.saveTransfers([{ row: { ...transfer, title: 'y' }, items: [item('a', 'done'), item('c', 'failed')] }])
  expect((await reader.listTransfers(10)).map((row) => row.title)).toEqual(['x', 'y'])
  expect(await reader.listTransferItems('t1')).toEqual([item('b', 'waiting'), item('a', 'done'), item('c', 'failed')])
  await writer.deleteTransfers(['t1'])
  expect(await reader.listTransfers(10)).toHaveLength(1)
  expect(await reader.listTransferItems('t1')).toEqual([])
})

test('opening a study is remembered', async () => {
  const { studyId } = await add()
  await writer.markOpened(studyId)
  expect((await reader.getStudies([studyId]))[0]?.openedAt).toBeGreaterThan(0)
  expect(changed).toEqual([studyId, studyId])
  expect(existsSync(folders.current().path)).toBe(true)
})

test('images that an earlier version described are described anew from their files', async () => {
  const { seriesId } = await add()
  const unreadable = publish(store, ctImage({ InstanceNumber: '2' }))
  await writer.addInstance(unreadable)
  const before = await reader.listImages(seriesId)
  rmSync(join(folders.current().path, unreadable.file))
  db.exec(`UPDATE instance_images SET version = 0, image = json_set(image, '$.rows', 7);
    UPDATE instances SET drawable = 0, frames = 9`)
  await refreshImages(db, folders, new GroupCommit(db))
  const after = await reader.listImages(seriesId)
  expect(after[0]).toEqual(before[0])
  expect(after[1]?.image.rows).toBe(7)
  expect(db.prepare('SELECT drawable, frames FROM instances WHERE drawable = 1').all()).toEqual([
    { drawable: 1, frames: 1 },
  ])
})

test('deleted because it was wrong, then sent again corrected: the corrected one is there, and nothing of the wrong one', async () => {
  const image = ctImage({ PatientName: 'WRONG^NAME' })
  const wrong = await writer.addInstance(publish(store, image))
  await add({ PatientName: 'WRONG^NAME' })
  await writer.trashStudies([wrong.studyId])
  const right = await writer.addInstance(publish(store, { ...image, PatientName: 'RIGHT^NAME' }))
  expect(right).toMatchObject({ outcome: 'stored' })
  expect(right.note).toBeUndefined()
  const names = async (trashed: boolean) =>
    (await reader.listStudies({ ...filter, trashed })).rows.map((row) => [row.patientName, row.instances])
  expect(await names(false)).toEqual([['RIGHT^NAME', 1]])
  expect(await names(true)).toEqual([['WRONG^NAME', 1]])
  await expect.poll(files).toBe(2)
  expect(changed).toContain(wrong.studyId)
  expectCountsToBeTrue()
})

test('a study of which nothing is left but what was corrected says what the correction says', async () => {
  const image = ctImage({ PatientBirthDate: '20200101' })
  const { studyId } = await writer.addInstance(publish(store, image))
  await writer.trashStudies([studyId])
  await writer.addInstance(publish(store, { ...image, PatientBirthDate: '20210101' }))
  expect((await reader.listStudies(filter)).rows.map((row) => row.patientBirthDate)).toEqual(['20210101'])
  expect((await reader.listStudies({ ...filter, trashed: true })).total).toBe(0)
})

test('two patients under one Study Instance UID are two studies, and the transfer hears of it', async () => {
  const alpha = { PatientID: 'A', PatientName: 'ALPHA' }
  const beta = { PatientID: 'B', PatientName: 'BETA' }
  const images = [ctImage(alpha), ctImage(beta), ctImage({ ...beta, InstanceNumber: '2' })]
  const added = []
  for (const image of images) added.push(await writer.addInstance(publish(store, image)))
  expect(added.map(({ outcome }) => outcome)).toEqual(['stored', 'stored', 'stored'])
  expect(added.map(({ note }) => note !== undefined)).toEqual([false, true, true])
  expect(added[1]!.studyId).toBe(added[2]!.studyId)
  expect(added[0]!.studyId).not.toBe(added[1]!.studyId)
  const rows = (await reader.listStudies(filter)).rows.map((row) => [row.patientName, row.patientId, row.instances])
  expect(rows.sort()).toEqual([
    ['ALPHA', 'A', 1],
    ['BETA', 'B', 2],
  ])
  expect(await reader.findStudyUIDs(['1.2.3.1'])).toEqual({ '1.2.3.1': { studyId: added[1]!.studyId, instances: 3 } })
  const uids = images.map((image) => String(image.SOPInstanceUID))
  expect(Object.keys(await reader.holds(uids))).toEqual(uids)
  expect(await reader.listSeries(added[0]!.studyId)).toHaveLength(1)
  await writer.trashStudies([added[1]!.studyId])
  expect(await reader.findStudyUIDs(['1.2.3.1'])).toEqual({ '1.2.3.1': { studyId: added[0]!.studyId, instances: 1 } })
  expectCountsToBeTrue()
})

test('without IDs, names alone keep two patients under one Study Instance UID apart', async () => {
  await add({ PatientID: null, PatientName: 'ALPHA' })
  await add({ PatientID: null, PatientName: 'BETA' })
  expect((await reader.listStudies(filter)).rows.map((row) => row.patientName).sort()).toEqual(['ALPHA', 'BETA'])
  expect(db.prepare('SELECT count(*) AS n FROM patients').get()).toEqual({ n: 2 })
})

test('what arrives again on a CD in another native encoding is a duplicate, not a conflict', async () => {
  const image = ctImage({
    PixelData: Uint8Array.from({ length: 8 }, (_, at) => at),
    SmallestImagePixelValue: [7],
    OtherPatientIDsSequence: [{ PatientID: 'CHIP-9' }],
  })
  const first = await writer.addInstance(publish(store, image, fromScanner(), IMPLICIT_VR_LITTLE_ENDIAN))
  for (const syntax of [EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN])
    expect(await writer.addInstance(publish(store, image, fromScanner(), syntax))).toEqual({
      ...first,
      outcome: 'duplicate',
      note: 'The same image, in another transfer syntax.',
    })
  const other = { ...image, PixelData: Uint8Array.from({ length: 8 }, () => 1) }
  expect((await writer.addInstance(publish(store, other))).outcome).toBe('conflict')
  expect(files()).toBe(1)
})
