import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { databasePath } from '#electron/archive/archivePaths.ts'
import { openDatabase } from '#electron/archive/database.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { ScriptedPeer } from '#electron/dicom/testing/scriptedPeer.ts'
import { allChecks } from '#electron/dicom/testing/testNode.ts'
import { ctDataSet, ctObject, storeRequest } from '#electron/dicom/testing/testObject.ts'
import { newUID } from '#shared/dicom/uid.ts'
import { openTestWorkstation, type TestWorkstation } from './testing/testWorkstation.ts'

const open: TestWorkstation[] = []
afterEach(async () => {
  for (const workstation of open.splice(0)) await workstation.stop()
})
async function start(aeTitle: string, folder?: string) {
  const workstation = await openTestWorkstation(aeTitle, folder)
  open.push(workstation)
  return workstation
}

function images(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const uid = newUID()
    return { name: `image${index}.dcm`, uid, bytes: writePart10({ dataSet: ctDataSet(uid) }) }
  })
}

test('files are imported, duplicates and foreign files are told apart', async () => {
  const here = await start('HERE')
  const [first] = images(1)
  const text = new TextEncoder().encode('only some text')
  const { transferId, answers } = await here.importFiles([
    first!,
    { ...first!, name: 'again.dcm' },
    { name: 'notes.txt', bytes: text },
    { name: 'broken.dcm', bytes: first!.bytes.subarray(0, 1000) },
  ])
  expect(answers.map(({ outcome }) => outcome)).toEqual(['stored', 'duplicate', 'left-out', 'rejected'])
  const row = await here.ended(transferId)
  expect(row).toMatchObject({ state: 'partial', title: 'Test, Wire', done: 2, duplicates: 1, failed: 1, total: 3 })
  expect(row.message).toContain('1 file left out')
  const items = await here.transfers.items(transferId)
  expect(items.find(({ key }) => key === 'broken.dcm')).toMatchObject({ state: 'failed' })
  expect(items.find(({ key }) => key === 'broken.dcm')?.note).toContain('cut off')
})

test('an image in another encoding is here already; one with other content differs, and the first is kept', async () => {
  const here = await start('HERE')
  const uid = newUID()
  const nested = { ReferencedStudySequence: [{ ReferencedSOPInstanceUID: newUID() }] }
  const dataSet = ctDataSet(uid, nested)
  const explicit = writePart10({ dataSet })
  const implicit = writePart10({ dataSet, transferSyntaxUID: '1.2.840.10008.1.2' })
  const otherPixels = { ...dataSet, PixelData: new Uint8Array(32 * 32 * 2) }
  const changed = writePart10({ dataSet: otherPixels, transferSyntaxUID: '1.2.840.10008.1.2' })
  const renamed = writePart10({ dataSet: { ...dataSet, PatientName: 'Other^Name' } })
  const { transferId, answers } = await here.importFiles([
    { name: 'a', bytes: explicit },
    { name: 'DISC/IM0001', bytes: implicit },
    { name: 'DISC/IM0002', bytes: changed },
    { name: 'DISC/IM0003', bytes: renamed },
  ])
  expect(answers.map(({ outcome }) => outcome)).toEqual(['stored', 'duplicate', 'conflict', 'conflict'])
  const row = await here.ended(transferId)
  expect(row).toMatchObject({ state: 'done', done: 2, duplicates: 1, warnings: 2, failed: 0, total: 4 })
  expect(row.message).toBe('2 files differ from what is here under the same UID; nothing here was changed.')
  const items = await here.transfers.items(transferId)
  expect(items.map(({ key, state }) => [key, state])).toContainEqual(['DISC/IM0002', 'warning'])
})

test('images of two patients under one Study Instance UID are kept apart, and the import says so', async () => {
  const here = await start('HERE')
  const one = ctDataSet(newUID(), { PatientName: 'ALPHA', PatientID: 'A' })
  const files = [one, { ...one, SOPInstanceUID: newUID(), PatientName: 'BETA', PatientID: 'B' }].map((dataSet, at) => ({
    name: `${at}`,
    bytes: writePart10({ dataSet }),
  }))
  const { transferId, answers } = await here.importFiles(files)
  expect(answers.map(({ outcome }) => outcome)).toEqual(['stored', 'stored'])
  const row = await here.ended(transferId)
  expect(row).toMatchObject({ state: 'done', done: 2, warnings: 0 })
  expect(row.message).toContain('1 file carries a Study Instance UID that images of another patient have too')
  expect(row.studyIds).toHaveLength(2)
})

test('a study goes from one workstation to another; both say so, image by image', async () => {
  const here = await start('HERE')
  const there = await start('PEER')
  const files = images(5)
  const { transferId } = await here.importFiles(files)
  const { studyIds } = await here.ended(transferId)
  const [sendId] = await here.transfers.send({
    serverIds: [here.addServer('There', there.port)],
    selection: { studyIds },
  })
  expect(await here.ended(sendId!)).toMatchObject({ state: 'done', done: 5, failed: 0, total: 5, title: 'Test, Wire' })
  const received = there.transfers.rows().find(({ kind }) => kind === 'receive')
  const receivedRow = await there.ended(received!.transferId)
  expect(receivedRow).toMatchObject({ state: 'done', done: 5, peer: 'HERE 127.0.0.1' })
  const items = await there.transfers.items(receivedRow.transferId)
  expect(new Set(items.map(({ key }) => key))).toEqual(new Set(files.map(({ uid }) => uid)))
  await expect.poll(() => there.transfers.row(receivedRow.transferId)?.title).toBe('Test, Wire')
})

test('what finds nobody there waits with its reason, and goes on by itself when the server is put right', async () => {
  const here = await start('HERE')
  const { transferId } = await here.importFiles(images(3))
  const { studyIds } = await here.ended(transferId)
  const serverId = here.addServer('There', 1)
  const [sendId] = await here.transfers.send({ serverIds: [serverId], selection: { studyIds } })
  await expect.poll(() => here.transfers.row(sendId!)?.nextAttemptAt).toBeGreaterThan(Date.now())
  const waiting = here.transfers.row(sendId!)!
  expect(waiting).toMatchObject({ state: 'waiting', done: 0, failed: 0, attempts: 1, endedAt: null })
  expect(waiting.message).toContain('nothing listens on port 1')
  const there = await start('PEER')
  const { serverId: _, ...fields } = here.servers.get(serverId)
  here.servers.update(serverId, { ...fields, port: there.port })
  expect(await here.ended(sendId!)).toMatchObject({ state: 'done', done: 3, failed: 0, canRetry: false, message: '' })
  await expect(here.transfers.retry(sendId!)).rejects.toThrow(/nothing to do again/)
})

test('a send survives a restart: it goes on by itself, under its own id', async () => {
  const here = await start('HERE')
  const { transferId } = await here.importFiles(images(2))
  const { studyIds } = await here.ended(transferId)
  // A peer that takes the connection and never answers keeps the transfer running.
  const { createServer } = await import('node:net')
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  const serverId = here.addServer('Silent', typeof address === 'object' && address ? address.port : 0)
  const [sendId] = await here.transfers.send({ serverIds: [serverId], selection: { studyIds } })
  const [pausedId] = await here.transfers.send({ serverIds: [serverId], selection: { studyIds } })
  here.transfers.pause([pausedId!])
  await expect.poll(() => here.transfers.row(sendId!)?.state).toBe('running')
  open.splice(0)
  await here.stop(true)
  silent.close()
  const again = await start('HERE', here.dataFolder)
  expect(again.transfers.row(transferId)).toMatchObject({ state: 'done', done: 2 })
  expect(await again.transfers.items(transferId)).toHaveLength(2)
  expect(again.transfers.row(sendId!)?.endedAt).toBeNull()
  expect(again.transfers.row(pausedId!)).toMatchObject({ state: 'paused', hold: 'person' })
  const there = await start('PEER')
  const { serverId: _, ...fields } = again.servers.get(serverId)
  again.servers.update(serverId, { ...fields, port: there.port })
  expect(await again.ended(sendId!)).toMatchObject({ state: 'done', done: 2 })
  expect(again.transfers.row(pausedId!)).toMatchObject({ state: 'paused' })
  again.transfers.resume([pausedId!])
  expect(await again.ended(pausedId!)).toMatchObject({ state: 'done', done: 2 })
})

test('a receive that the process did not outlive counts what the archive has', async () => {
  const sender = await start('SENDER')
  const { transferId } = await sender.importFiles(images(5))
  const { studyIds } = await sender.ended(transferId)
  const here = await start('HERE')
  const [sendId] = await sender.transfers.send({
    serverIds: [sender.addServer('Here', here.port, { aeTitle: 'HERE' })],
    selection: { studyIds },
  })
  await sender.ended(sendId!)
  const received = here.transfers.rows().find(({ kind }) => kind === 'receive')
  await here.ended(received!.transferId)
  open.splice(open.indexOf(here), 1)
  await here.stop(true)
  // As it stood when the list was saved last before a kill: two of five, and still running.
  const db = openDatabase(databasePath(here.dataFolder), 'write')
  const last = `json_set(transfer, '$.state', 'running', '$.endedAt', NULL, '$.done', 2)`
  db.prepare(`UPDATE transfers SET transfer = ${last} WHERE transfer_id = ?`).run(received!.transferId)
  db.prepare(
    'DELETE FROM transfer_items WHERE item_id IN (SELECT item_id FROM transfer_items WHERE transfer_id = ? ORDER BY item_id DESC LIMIT 3)',
  ).run(received!.transferId)
  db.close()
  const again = await start('HERE', here.dataFolder)
  expect(again.transfers.row(received!.transferId)).toMatchObject({ state: 'partial', done: 5 })
  expect(await again.transfers.items(received!.transferId)).toHaveLength(5)
})

test('a send is cancelled while it waits for an answer', async () => {
  const here = await start('HERE')
  const { transferId } = await here.importFiles(images(1))
  const { studyIds } = await here.ended(transferId)
  const { createServer } = await import('node:net')
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  const serverId = here.addServer('Silent', typeof address === 'object' && address ? address.port : 0)
  const [first] = await here.transfers.send({ serverIds: [serverId], selection: { studyIds } })
  const [second] = await here.transfers.send({ serverIds: [serverId], selection: { studyIds } })
  await expect.poll(() => here.transfers.row(first!)?.state).toBe('running')
  expect(here.transfers.row(second!)?.state).toBe('waiting')
  await here.transfers.cancel(second!)
  await here.transfers.cancel(first!)
  expect(await here.ended(first!)).toMatchObject({ state: 'cancelled', canRetry: true })
  expect(await here.ended(second!)).toMatchObject({ state: 'cancelled', canRetry: true })
  silent.close()
})

test('a send that waits while the archive moves finds the files where they are then', async () => {
  const here = await start('HERE')
  const there = await start('PEER')
  const { transferId } = await here.importFiles(images(2))
  const { studyIds } = await here.ended(transferId)
  const { createServer } = await import('node:net')
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  const serverId = here.addServer('There', typeof address === 'object' && address ? address.port : 0)
  const [first] = await here.transfers.send({ serverIds: [serverId], selection: { studyIds } })
  const [second] = await here.transfers.send({ serverIds: [serverId], selection: { studyIds } })
  await expect.poll(() => here.transfers.row(first!)?.state).toBe('running')
  const target = mkdtempSync(join(tmpdir(), 'negatoscope-moved-'))
  const moving = here.archive.writer.relocate(join(target, 'images'), 'move', new AbortController().signal)
  for await (const _ of moving);
  const { serverId: _, ...fields } = here.servers.get(serverId)
  here.servers.update(serverId, { ...fields, port: there.port })
  await here.transfers.cancel(first!)
  expect(await here.ended(second!)).toMatchObject({ state: 'done', done: 2, failed: 0 })
  silent.close()
  rmSync(target, { recursive: true, force: true })
})

test('a device that calls us by another name is let in, and told of in its transfer', async () => {
  const there = await start('PEER')
  const first = ctObject()
  const contexts = [{ id: 1, abstractSyntax: first.sopClassUID, transferSyntaxes: ['1.2.840.10008.1.2.1'] }]
  const { peer } = await ScriptedPeer.open(there.port, { contexts, calledAETitle: 'PEERS', callingAETitle: 'CT1' })
  peer.message(1, storeRequest(first), first.dataSet)
  await expect.poll(() => there.transfers.rows()[0]).toMatchObject({ state: 'running', done: 1 })
  peer.destroy()
  expect((await there.ended(there.transfers.rows()[0]!.transferId)).message).toContain(
    'CT1 called us PEERS; our AE title is PEER. Correct it at the device.',
  )
})

test('a receive whose images were dropped or set aside says so when it ends', async () => {
  const there = await start('THERE')
  const uid = newUID()
  await there.ended(
    (await there.importFiles([{ name: 'a.dcm', bytes: writePart10({ dataSet: ctDataSet(uid) }) }])).transferId,
  )
  const object = { ...ctObject({ SOPInstanceUID: uid }), sopInstanceUID: uid }
  const contexts = [{ id: 1, abstractSyntax: object.sopClassUID, transferSyntaxes: ['1.2.840.10008.1.2.1'] }]
  const { peer } = await ScriptedPeer.open(there.port, { contexts, callingAETitle: 'CT1', calledAETitle: 'THERE' })
  peer.message(1, storeRequest(object), object.dataSet)
  expect((await peer.nextCommand())?.status).toBe(0)
  peer.send(Buffer.from([5, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
  await peer.next()
  const received = () => there.transfers.rows().find(({ kind }) => kind === 'receive')
  await expect.poll(() => received()?.state).toBe('done')
  expect(received()).toMatchObject({
    ...{ done: 1, warnings: 1 },
    message: expect.stringContaining('1 image is not in the archive, since it has others under the same UIDs'),
  })
  peer.destroy()
})

test('a receive is stopped by us; what had arrived is kept', async () => {
  const there = await start('PEER')
  const first = ctObject()
  const syntax = '1.2.840.10008.1.2.1'
  const contexts = [{ id: 1, abstractSyntax: first.sopClassUID, transferSyntaxes: [syntax] }]
  const { peer } = await ScriptedPeer.open(there.port, { contexts, calledAETitle: 'PEER', callingAETitle: 'CT1' })
  peer.message(1, storeRequest(first), first.dataSet)
  await expect.poll(() => there.transfers.rows()[0]).toMatchObject({ state: 'running', done: 1 })
  expect(there.transfers.arriving()).toEqual({ from: 'CT1', instances: 1 })
  const { transferId } = there.transfers.rows()[0]!
  await there.transfers.cancel(transferId)
  expect(await there.ended(transferId)).toMatchObject({ state: 'cancelled', done: 1, canRetry: false })
  expect(there.transfers.arriving()).toBeNull()
})

test('who is not let in stands in the list once, however often it knocks', async () => {
  const here = await start('HERE')
  const there = await start('PEER')
  there.settings.current()
  const { transferId } = await here.importFiles(images(1))
  const { studyIds } = await here.ended(transferId)
  await there.node.configure({ ...(await configurationOf(there)), checks: allChecks, known: [] })
  const serverId = here.addServer('There', there.port)
  for (let knock = 0; knock < 3; knock += 1) {
    const [sendId] = await here.transfers.send({ serverIds: [serverId], selection: { studyIds } })
    expect((await here.ended(sendId!)).message).toContain('does not know us')
  }
  await expect
    .poll(() => there.transfers.rows().filter(({ state }) => state === 'refused')[0]?.message)
    .toContain('3 times')
  expect(there.transfers.rows().filter(({ state }) => state === 'refused')).toHaveLength(1)
})

async function configurationOf(workstation: TestWorkstation) {
  return {
    ...{ aeTitle: 'PEER', maxPduLength: 131_072, maxAssociations: 50, artimTimeoutMs: 30_000, idleTimeoutMs: 60_000 },
    destinations: [],
    ...{
      closeDelayMs: 1000,
      dimseTimeoutMs: 10_000,
      minFreeBytes: 1024,
      storageFolder: workstation.archive.storageFolder,
    },
    ...{ onConflict: 'keep-first' as const, unknownClasses: 'store' as const },
    services: { storage: true, queryRetrieve: false, storageCommitment: true },
    answerUnknownEcho: false,
  }
}

test('only what has ended is taken off the list', async () => {
  const here = await start('HERE')
  const running = here.transfers.beginImport({ title: 'folder', files: 1 })
  const { transferId } = await here.importFiles(images(1))
  await here.ended(transferId)
  await here.transfers.clear([transferId, running])
  expect(here.transfers.rows().map((row) => row.transferId)).toEqual([running])
  expect(await here.transfers.items(transferId)).toEqual([])
})
