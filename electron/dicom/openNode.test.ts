import { subscribe } from 'node:diagnostics_channel'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { openArchive } from '#electron/archive/openArchive.ts'
import { CT_IMAGE } from '#shared/dicom/sopClass.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import type { NodeEvent } from './nodeApi.ts'
import { openNode } from './openNode.ts'
import { ScriptedPeer } from './testing/scriptedPeer.ts'
import { peerAt } from './testing/testNode.ts'
import { ctObject, storedFile, storeRequest } from './testing/testObject.ts'

const threads: Worker[] = []
subscribe('worker_threads', (message) => threads.push((message as { worker: Worker }).worker))

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function open() {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-thread-'))
  threads.length = 0 // first the writer, then the reader, then the node
  const archive = await openArchive(folder)
  const configuration = {
    aeTitle: 'NEGATOSCOPE',
    checks: { calledAETitle: false, callingAETitle: false, address: false },
    answerUnknownEcho: false,
    known: [],
    destinations: [],
    onConflict: 'keep-first' as const,
    unknownClasses: 'store' as const,
    services: { storage: true, queryRetrieve: true, storageCommitment: true },
    maxPduLength: 131_072,
    maxAssociations: 50,
    artimTimeoutMs: 30_000,
    idleTimeoutMs: 60_000,
    dimseTimeoutMs: 10_000,
    closeDelayMs: 1000,
    minFreeBytes: 1024,
    storageFolder: archive.storageFolder,
  }
  const node = await openNode({ archive, configuration })
  closing.push(async () => {
    await node.terminate()
    await archive.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const { port } = await node.listen({ host: '127.0.0.1', port: 0 })
  return { archive, node, port }
}

test('in its own thread the node receives, tells of it, sends, and closes', async () => {
  const { archive, node, port } = await open()
  const events: NodeEvent[] = []
  const stop = new AbortController()
  void (async () => {
    for await (const event of node.events(stop.signal)) events.push(event)
  })()
  const signal = new AbortController().signal
  expect((await node.echo(peerAt(port), signal)).implementation).toMatch(/^NEGATOSCOPE/)
  const outcomes = []
  for await (const outcome of node.send(peerAt(port), [storedFile(1), storedFile(2)], signal)) outcomes.push(outcome)
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['success', 'success'])
  expect((await archive.reader.totals()).instances).toBe(2)
  await expect.poll(() => events.filter(({ kind }) => kind === 'instanceReceived')).toHaveLength(2)
  stop.abort()
  await node.close(1000)
  await expect(node.echo(peerAt(port), signal)).rejects.toMatchObject({ code: 'REFUSED' })
})

test('errors cross the thread with code and details', async () => {
  const { node, port } = await open()
  await node.close(0)
  await expect(node.echo(peerAt(port), new AbortController().signal)).rejects.toMatchObject({
    code: 'REFUSED',
    details: { code: 'REFUSED', cause: 'ECONNREFUSED' },
  })
})

test('a port in use keeps its code on the way', async () => {
  const { node, port } = await open()
  await expect(node.listenExtra({ host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('stores go on when the writer of the archive was restarted', async () => {
  const { archive, port } = await open()
  const contexts = [{ id: 1, abstractSyntax: CT_IMAGE, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN] }]
  const { peer } = await ScriptedPeer.open(port, { contexts })
  const store = async () => {
    const object = ctObject()
    peer.message(1, storeRequest(object), object.dataSet)
    return (await peer.nextCommand())?.status
  }
  expect(await store()).toBe(0)
  const restarted = new Promise<void>((resolve) => archive.onWriterRestart(resolve))
  await threads[0]?.terminate()
  await restarted
  await expect.poll(store).toBe(0)
  peer.destroy()
})

test('a node that dies is started again where it listened, and its associations are reported as lost', async () => {
  const { node, port } = await open()
  const events: NodeEvent[] = []
  const stop = new AbortController()
  void (async () => {
    for await (const event of node.events(stop.signal)) events.push(event)
  })()
  const { peer } = await ScriptedPeer.open(port)
  await expect.poll(() => events.map(({ kind }) => kind)).toEqual(['associationAccepted'])
  await threads[2]?.terminate()
  const signal = new AbortController().signal
  await expect
    .poll(() => node.echo(peerAt(port), signal).then(() => 'answered', String), { timeout: 60_000 })
    .toBe('answered')
  expect(await peer.closed()).toBe(true)
  await expect.poll(() => events.find(({ kind }) => kind === 'associationEnded')).toMatchObject({ how: 'lost' })
  await expect.poll(() => events.filter(({ kind }) => kind === 'associationAccepted').length).toBeGreaterThan(1)
  stop.abort()
})
