import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { IMPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import type { AddedInstance } from './archiveApi.ts'
import { ctImage, fromScanner, publish } from './archiveFixture.ts'
import type { InstanceStore } from './instanceStore.ts'
import type { Archive } from './openArchive.ts'
import type { ConflictPolicy } from './quarantineApi.ts'
import { archiveForEachTest } from './testing/testArchive.ts'

const SOP_INSTANCE_UID = '1.2.3.99.1'
const TRASH_OF_TODAY = -1

let archive: Archive
let store: InstanceStore
archiveForEachTest((opened) => {
  ;({ archive, store } = opened)
})

const contents = (PatientComments: string) => ctImage({ SOPInstanceUID: SOP_INSTANCE_UID, PatientComments })
const [one, two, three] = [contents('one'), contents('two'), contents('three')]

function arrives(
  callingAETitle: string,
  dataSet: DataSet,
  onConflict: ConflictPolicy = 'quarantine',
  transferSyntaxUID?: string,
): Promise<AddedInstance> {
  const instance = publish(store, dataSet, { ...fromScanner(), callingAETitle }, transferSyntaxUID)
  return archive.writer.addInstance({ ...instance, onConflict })
}
const apart = async () => (await archive.reader.listQuarantined(10)).rows
const idOf = async (at = 0) => (await apart())[at]?.quarantineId ?? 0

/** Who of them is told that what it sent is kept. */
async function told(...callingAETitles: string[]): Promise<string[]> {
  const found = await Promise.all(callingAETitles.map((one) => archive.reader.findCommittable([SOP_INSTANCE_UID], one)))
  return callingAETitles.filter((_, at) => found[at]?.[0]?.hasRival === false)
}

test('what was replaced and comes again stays until a person decides, whatever the trash of its day', async () => {
  await arrives('A', one)
  await arrives('B', two)
  await archive.writer.acceptQuarantined(await idOf())
  expect(await apart()).toMatchObject([{ reason: 'replaced', callingAETitle: 'A' }])
  expect((await arrives('A', one)).note).toContain('this one is in quarantine')
  expect(await apart()).toMatchObject([{ reason: 'differs', callingAETitle: 'A' }])
  expect((await apart())[0]?.differences).toContain('PatientComments')
  await archive.writer.emptyTrash(TRASH_OF_TODAY)
  expect(await apart()).toHaveLength(1)
  expect(await told('A', 'B')).toEqual(['B'])
})

test('what was deleted for good is never answered for by another that has its UID', async () => {
  const { studyId } = await arrives('A', one)
  await archive.writer.trashStudies([studyId])
  await archive.writer.emptyTrash(TRASH_OF_TODAY)
  expect(await told('A')).toEqual([])
  const other = await arrives('B', two)
  expect(await told('A', 'B')).toEqual(['B'])
  await archive.writer.trashStudies([other.studyId])
  await archive.writer.emptyTrash(TRASH_OF_TODAY)
  await arrives('A', three)
  expect(await told('A', 'B')).toEqual(['A'])
})

test('each sender of what is in quarantine is named, and none is told that it is kept', async () => {
  await arrives('A', one)
  await arrives('B', two)
  await arrives('C', two)
  expect(await apart()).toMatchObject([{ callingAETitle: 'C', alsoFrom: ['B'] }])
  expect(await told('A', 'B', 'C')).toEqual(['A'])
  await archive.writer.deleteQuarantined([await idOf()])
  expect(await told('A', 'B', 'C')).toEqual(['A'])
})

test('who is told "yes" changes with what a person accepts and takes back', async () => {
  await arrives('A', one)
  await arrives('B', two)
  await arrives('C', two)
  await archive.writer.acceptQuarantined(await idOf())
  expect(await told('A', 'B', 'C')).toEqual(['B', 'C'])
  await archive.writer.acceptQuarantined(await idOf())
  expect(await told('A', 'B', 'C')).toEqual(['A'])
})

test('a sender whose object another one replaced is not answered for, nor one that sent the same before', async () => {
  await arrives('A', one)
  await arrives('E', one)
  expect(await told('A', 'E', 'NOBODY')).toEqual(['A', 'E', 'NOBODY'])
  await arrives('D', two, 'replace')
  expect(await told('A', 'D', 'E', 'NOBODY')).toEqual(['D'])
  await arrives('E', two, 'replace')
  expect(await told('A', 'D', 'E')).toEqual(['D', 'E'])
})

test('a sender that replaces its own is answered for; one that sent two, of which one was dropped, is not', async () => {
  await arrives('A', one)
  await arrives('A', two, 'replace')
  expect(await told('A')).toEqual(['A'])
  await arrives('A', three, 'keep-first')
  await arrives('A', two, 'keep-first')
  expect(await told('A')).toEqual([])
})

test('the same image in another transfer syntax counts as what is kept', async () => {
  await arrives('A', one)
  await arrives('B', two, 'keep-first')
  expect(await told('A', 'C')).toEqual(['A'])
  expect((await arrives('C', one, 'keep-first', IMPLICIT_VR_LITTLE_ENDIAN)).outcome).toBe('duplicate')
  expect(await told('A', 'B', 'C')).toEqual(['A', 'C'])
})

test('what takes the place of a deleted image is not what its first sender has', async () => {
  const { studyId } = await arrives('A', one)
  await archive.writer.trashStudies([studyId])
  await arrives('B', two)
  expect(await told('A', 'B')).toEqual(['B'])
})

test('what comes again is kept where the file of the first copy was lost', async () => {
  await arrives('A', one)
  await arrives('B', two)
  const directory = join(archive.storageFolder, 'quarantine')
  for (const name of readdirSync(directory)) rmSync(join(directory, name))
  await arrives('B', two)
  expect(readdirSync(directory)).toHaveLength(1)
  expect(await archive.writer.acceptQuarantined(await idOf())).toBe(true)
  expect(await told('A', 'B')).toEqual(['B'])
})
