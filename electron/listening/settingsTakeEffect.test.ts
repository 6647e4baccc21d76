import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { freePort } from '#electron/dicom/testing/freePort.ts'
import { ScriptedPeer } from '#electron/dicom/testing/scriptedPeer.ts'
import { ctObject, storeRequest } from '#electron/dicom/testing/testObject.ts'
import { openWorkstation, type Workstation } from '#electron/workstation.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { CT_IMAGE } from '#shared/dicom/sopClass.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'

let here: Workstation
let folder: string
const peers: ScriptedPeer[] = []
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.destroy()
  await here.close(0)
  rmSync(folder, { recursive: true, force: true })
})

const contexts = [{ id: 1, abstractSyntax: CT_IMAGE, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN] }]

/** As a person sets it up: nothing is fixed but the address. */
async function open(): Promise<number> {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-settings-'))
  const overrides = { bindAddress: '127.0.0.1', checkCallingAETitle: false, checkAddress: false }
  here = await openWorkstation({ dataFolder: folder, overrides, rebuildIndex: false, host: 'headless' })
  const dicomPort = await freePort()
  here.settings.update({ dicomPort, aeTitle: 'BEFORE', checkCalledAETitle: false })
  here.settings.confirm()
  await here.listener.apply()
  expect(here.listener.state()).toMatchObject({ state: 'listening', port: dicomPort, aeTitle: 'BEFORE' })
  return dicomPort
}
async function change(patch: Partial<Settings>): Promise<void> {
  here.settings.update(patch)
  await here.listener.apply()
}
async function ask(port: number, calledAETitle = 'BEFORE') {
  const peer = await ScriptedPeer.ask(port, { contexts, calledAETitle })
  peers.push(peer)
  return peer
}
async function associate(port: number, calledAETitle?: string) {
  const peer = await ask(port, calledAETitle)
  expect((await peer.next())?.type).toBe(2)
  return peer
}
async function stores(peer: ScriptedPeer) {
  const object = ctObject()
  peer.message(1, storeRequest(object), object.dataSet)
  return (await peer.nextCommand())?.status
}

test('the port changes while a transfer runs: it goes on, new callers come to the new one', async () => {
  const before = await open()
  const sender = await associate(before)
  expect(await stores(sender)).toBe(0)
  const object = ctObject()
  const { encodeMessage } = await import('#electron/dicom/dimse/encodeMessage.ts')
  const bytes = encodeMessage(1, storeRequest(object), object.dataSet, 16_384)
  sender.send(bytes.subarray(0, 1000))
  const after = await freePort()
  await change({ dicomPort: after })
  expect(here.listener.state()).toMatchObject({ state: 'listening', port: after })
  await expect(ScriptedPeer.dial(before)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  sender.send(bytes.subarray(1000))
  expect((await sender.nextCommand())?.status).toBe(0)
  expect(await stores(sender)).toBe(0)
  expect(await stores(await associate(after))).toBe(0)
})

test('a port that another program has leaves the old one, with a sentence', async () => {
  const before = await open()
  const other = await import('node:net').then(({ createServer }) => createServer())
  const taken = await freePort()
  await new Promise<void>((resolve) => other.listen(taken, '127.0.0.1', resolve))
  await change({ dicomPort: taken })
  expect(here.listener.state()).toMatchObject({ state: 'failed', sentence: expect.stringContaining(String(taken)) })
  await change({ dicomPort: before })
  expect(here.listener.state()).toMatchObject({ state: 'listening', port: before })
  expect(await stores(await associate(before))).toBe(0)
  await new Promise((resolve) => other.close(resolve))
})

test('the AE title changes at once for new callers; who is in stays in', async () => {
  const port = await open()
  await change({ checkCalledAETitle: true })
  const sender = await associate(port)
  await change({ aeTitle: 'AFTER' })
  expect(await stores(sender)).toBe(0)
  const pdu = await (await ask(port, 'BEFORE')).next()
  expect([pdu?.type, ...(pdu?.body ?? [])].slice(0, 5)).toEqual([3, 0, 1, 1, 7])
  expect(await stores(await associate(port, 'AFTER'))).toBe(0)
})

test('a lower maximum refuses the next ones and ends none', async () => {
  const port = await open()
  const three = [await associate(port), await associate(port), await associate(port)]
  await change({ maxAssociations: 2 })
  expect((await (await ask(port)).next())?.type).toBe(3)
  for (const peer of three) expect(await stores(peer)).toBe(0)
  await change({ maxAssociations: 4 })
  await associate(port)
})

test('PDU length and timeouts hold for the associations that begin after the change', async () => {
  const port = await open()
  const { decodeAssociateAccept } = await import('#electron/dicom/upperLayer/decodeAssociate.ts')
  const announced = async () => {
    const pdu = await (await ask(port)).next()
    return decodeAssociateAccept(pdu?.body ?? Buffer.alloc(0)).maxPduLength
  }
  expect(await announced()).toBe(131_072)
  const patient = await associate(port)
  await change({ maxPduLength: 16_384, idleTimeoutSeconds: 5, artimTimeoutSeconds: 1, socketCloseDelayMs: 0 })
  expect(await announced()).toBe(16_384)
  const mute = await ScriptedPeer.dial(port)
  peers.push(mute)
  const idle = await associate(port)
  expect(await mute.closed(20_000)).toBe(true)
  expect((await idle.next(20_000))?.type).toBe(7)
  expect(await stores(patient)).toBe(0)
}, 240_000)

test('a service that is switched off is refused from the next association on', async () => {
  const port = await open()
  await change({ answerStorage: false })
  const { decodeAssociateAccept } = await import('#electron/dicom/upperLayer/decodeAssociate.ts')
  const pdu = await (await ask(port)).next()
  expect(decodeAssociateAccept(pdu?.body ?? Buffer.alloc(0)).contexts[0]?.result).toBe(3)
  await change({ answerStorage: true })
  expect(await stores(await associate(port))).toBe(0)
})

test('the repository moves while a sender is connected, and its next image goes to the new one', async () => {
  const port = await open()
  const sender = await associate(port)
  expect(await stores(sender)).toBe(0)
  const next = join(folder, '..', `${folder.split('/').at(-1)}-next`)
  for await (const _ of here.archive.writer.relocate(next, 'move', new AbortController().signal)) {
    // Until it has moved.
  }
  await here.listener.apply()
  expect(await stores(sender)).toBe(0)
  expect(await stores(await associate(port))).toBe(0)
  const files = await here.archive.reader.locate({ instanceIds: [1, 2, 3] })
  expect(files).toHaveLength(3)
  expect(files.map(({ path }) => [path.startsWith(next), existsSync(path)])).toEqual(files.map(() => [true, true]))
  rmSync(next, { recursive: true, force: true })
})
