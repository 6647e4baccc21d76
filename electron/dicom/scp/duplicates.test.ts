import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openArchive } from '#electron/archive/openArchive.ts'
import type { NodeConfiguration } from '../nodeApi.ts'
import { ScriptedPeer } from '../testing/scriptedPeer.ts'
import { openTestNode, type TestNode } from '../testing/testNode.ts'
import { ctObject, storeRequest, type TestObject } from '../testing/testObject.ts'

let here: TestNode
afterEach(() => here.close())

async function sender(callingAETitle = 'CT1') {
  const contexts = [{ id: 1, abstractSyntax: '1.2.840.10008.5.1.4.1.1.2', transferSyntaxes: ['1.2.840.10008.1.2.1'] }]
  const { peer } = await ScriptedPeer.open(here.port, { contexts, callingAETitle })
  return peer
}

async function store(peer: ScriptedPeer, object: TestObject, messageID = 1): Promise<number> {
  peer.message(1, storeRequest(object, messageID), object.dataSet)
  return (await peer.nextCommand(20_000))?.status ?? -1
}

const storedFiles = () =>
  readdirSync(here.configuration.storageFolder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^\d+.+\.dcm$/.test(name),
  )
const quarantined = () => here.archive.reader.listQuarantined(100)

/** Another object under the same UID. */
function rivalOf({ sopInstanceUID }: TestObject, more = {}): TestObject {
  const rival = ctObject({ SOPInstanceUID: sopInstanceUID, ...more })
  return { ...rival, sopInstanceUID }
}

async function openWith(onConflict: NodeConfiguration['onConflict']) {
  here = await openTestNode({ onConflict })
  const first = ctObject({ PatientName: 'First^One' })
  const second = rivalOf(first, { PatientName: 'Second^One' })
  const one = await sender('CT1')
  expect(await store(one, first)).toBe(0)
  const other = await sender('CT2')
  expect(await store(other, second)).toBe(0)
  one.destroy()
  other.destroy()
  const events = await here.seen('instanceReceived', 2)
  return { first, second, note: events[1]?.note }
}

test('eight senders of the same 500 objects make 500 rows and 500 files', { timeout: 240_000 }, async () => {
  here = await openTestNode()
  const objects = Array.from({ length: 500 }, () => ctObject())
  const senders = await Promise.all(Array.from({ length: 8 }, (_, index) => sender(`CT${index}`)))
  const statuses = await Promise.all(
    senders.map(async (peer, index) => {
      const answers: number[] = []
      const order = objects.map((_, at) => objects[(at + index * 7) % objects.length] as TestObject)
      for (const object of order) answers.push(await store(peer, object))
      return answers
    }),
  )
  expect(statuses.flat().every((status) => status === 0)).toBe(true)
  expect((await here.archive.reader.totals()).instances).toBe(500)
  await expect.poll(() => storedFiles().length).toBe(500)
  for (const { sopInstanceUID, dataSet } of objects.slice(0, 20))
    expect((await here.storedDataSet(sopInstanceUID))?.equals(dataSet)).toBe(true)
  expect((await quarantined()).total).toBe(0)
  for (const peer of senders) peer.destroy()
})

test('the first one is kept, and the transfer says that the other one was dropped', async () => {
  const { first, note } = await openWith('keep-first')
  expect((await here.storedDataSet(first.sopInstanceUID))?.equals(first.dataSet)).toBe(true)
  expect(note).toContain('the first one is kept, this one was dropped')
  expect((await quarantined()).total).toBe(0)
  expect(storedFiles()).toHaveLength(1)
})

test('what differs goes into quarantine with who sent it and in what it differs', async () => {
  const { first, second, note } = await openWith('quarantine')
  expect(note).toContain('this one is in quarantine')
  expect((await here.storedDataSet(first.sopInstanceUID))?.equals(first.dataSet)).toBe(true)
  const { rows } = await quarantined()
  expect(rows).toMatchObject([
    { reason: 'differs', callingAETitle: 'CT2', address: '127.0.0.1', patientName: 'Second^One', modality: 'CT' },
  ])
  expect(rows[0]?.differences).toContain('PatientName')
  expect(rows[0]?.studyId).not.toBeNull()
  const again = await sender('CT2')
  expect(await store(again, second)).toBe(0)
  again.destroy()
  expect((await quarantined()).total).toBe(1)
})

test('accepted, it takes the place of the first, which can be taken back in the same way', async () => {
  const { first, second } = await openWith('quarantine')
  const [row] = (await quarantined()).rows
  expect(await here.archive.writer.acceptQuarantined(row?.quarantineId ?? 0)).toBe(true)
  expect((await here.storedDataSet(first.sopInstanceUID))?.equals(second.dataSet)).toBe(true)
  const [back] = (await quarantined()).rows
  expect(back).toMatchObject({ reason: 'replaced', callingAETitle: 'CT1', patientName: 'First^One' })
  expect(await here.archive.writer.acceptQuarantined(back?.quarantineId ?? 0)).toBe(true)
  expect((await here.storedDataSet(first.sopInstanceUID))?.equals(first.dataSet)).toBe(true)
  expect((await here.archive.reader.totals()).instances).toBe(1)
  await expect.poll(() => storedFiles().length).toBe(1)
  expect(await here.archive.writer.acceptQuarantined(9999)).toBe(false)
})

test('quarantine moves with the archive, and what is in it can still be accepted', async () => {
  const { first, second } = await openWith('quarantine')
  const target = mkdtempSync(join(tmpdir(), 'negatoscope-moved-'))
  for await (const _ of here.archive.writer.relocate(target, 'move', new AbortController().signal)) void _
  expect(readdirSync(join(target, 'quarantine'))).toHaveLength(1)
  const [row] = (await quarantined()).rows
  expect(await here.archive.writer.acceptQuarantined(row?.quarantineId ?? 0)).toBe(true)
  expect((await here.storedDataSet(first.sopInstanceUID))?.equals(second.dataSet)).toBe(true)
  rmSync(target, { recursive: true, force: true })
})

test('a file in quarantine whose row was lost is listed again at the next start', async () => {
  const { second } = await openWith('quarantine')
  const [name = ''] = readdirSync(join(here.configuration.storageFolder, 'quarantine'))
  const bytes = readFileSync(join(here.configuration.storageFolder, 'quarantine', name))
  await here.archive.writer.deleteQuarantined([(await quarantined()).rows[0]?.quarantineId ?? 0])
  await here.node.close(0)
  await here.archive.close()
  writeFileSync(join(here.configuration.storageFolder, 'quarantine', name), bytes)
  const again = await openArchive(here.folder)
  expect((await again.reader.listQuarantined(10)).rows).toMatchObject([
    { sopInstanceUID: second.sopInstanceUID, patientName: 'Second^One', callingAETitle: '' },
  ])
  await again.close()
})

test('deleted, it is gone from list and disk', async () => {
  await openWith('quarantine')
  const [row] = (await quarantined()).rows
  await here.archive.writer.deleteQuarantined([row?.quarantineId ?? 0])
  expect((await quarantined()).total).toBe(0)
  await expect.poll(() => readdirSync(join(here.configuration.storageFolder, 'quarantine'))).toEqual([])
})

test('the later one takes the place where that is wanted, and the earlier one is kept apart until the trash is emptied', async () => {
  const { first, second, note } = await openWith('replace')
  expect(note).toContain('this one took its place, and the other one is in quarantine')
  expect((await here.storedDataSet(first.sopInstanceUID))?.equals(second.dataSet)).toBe(true)
  expect((await quarantined()).rows).toMatchObject([{ reason: 'replaced', patientName: 'First^One' }])
  await here.archive.writer.emptyTrash(30)
  expect((await quarantined()).total).toBe(1)
  await here.archive.writer.emptyTrash(-1)
  expect((await quarantined()).total).toBe(0)
  expect((await here.archive.reader.totals()).instances).toBe(1)
})

test("of many that replace each other at once one is the archive's and none is lost", {
  timeout: 240_000,
}, async () => {
  here = await openTestNode({ onConflict: 'replace' })
  const first = ctObject()
  const all = [first, ...Array.from({ length: 15 }, () => rivalOf(first))]
  const senders = await Promise.all(all.map((_, index) => sender(`CT${index}`)))
  const statuses = await Promise.all(all.map((object, index) => store(senders[index] as ScriptedPeer, object)))
  expect(statuses.every((status) => status === 0)).toBe(true)
  expect((await here.archive.reader.totals()).instances).toBe(1)
  expect((await quarantined()).total).toBe(15)
  for (const peer of senders) peer.destroy()
})

test('the same object again is no conflict', async () => {
  here = await openTestNode({ onConflict: 'quarantine' })
  const first = ctObject()
  const peer = await sender()
  expect(await store(peer, first)).toBe(0)
  expect(await store(peer, first)).toBe(0)
  peer.destroy()
  expect((await quarantined()).total).toBe(0)
})
