import { afterEach, expect, test } from 'vitest'
import { CT_IMAGE } from '#shared/dicom/sopClass.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { encodeMessage } from '../dimse/encodeMessage.ts'
import type { NodeConfiguration } from '../nodeApi.ts'
import { ScriptedPeer } from '../testing/scriptedPeer.ts'
import { openTestNode, type TestNode } from '../testing/testNode.ts'
import { ctObject, storeRequest } from '../testing/testObject.ts'
import { Listener } from './listener.ts'
import { ServiceRegistry } from './service.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})
const contexts = [{ id: 1, abstractSyntax: CT_IMAGE, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN] }]

async function open(options: Partial<NodeConfiguration>): Promise<TestNode> {
  const here = await openTestNode(options)
  closing.push(() => here.close())
  return here
}
async function associate(port: number) {
  const { peer } = await ScriptedPeer.open(port, { contexts })
  closing.push(() => peer.destroy())
  return peer
}

test('half an object that does not come on is given up after the DIMSE timeout, an idle association is not', async () => {
  const here = await open({ dimseTimeoutMs: 1000, idleTimeoutMs: 60_000 })
  const idle = await associate(here.port)
  const peer = await associate(here.port)
  const object = ctObject()
  const bytes = encodeMessage(1, storeRequest(object), object.dataSet, 16_384)
  peer.send(bytes.subarray(0, bytes.length - 10))
  expect((await peer.next(20_000))?.type).toBe(7)
  expect((await here.seen('associationEnded'))[0]).toMatchObject({ how: 'timed-out' })
  expect(idle.isClosed).toBe(false)
  idle.message(1, storeRequest(object), object.dataSet)
  expect((await idle.nextCommand())?.status).toBe(0)
})

test('a peer that waits for our answer is not idle', async () => {
  const here = await open({})
  const configuration = { ...here.configuration, idleTimeoutMs: 500, dimseTimeoutMs: 500 }
  const registry = new ServiceRegistry([
    {
      name: 'Answers late',
      serviceClass: 'storage',
      commandFields: [1],
      supports: () => true,
      supportsTransferSyntax: () => true,
      request(association, context, command) {
        setTimeout(() => association.respond(context, command, { status: 0 }), 1500)
        return { write() {}, end() {}, abort() {} }
      },
    },
  ])
  const listener = new Listener(configuration, registry, () => {})
  closing.push(() => listener.close(0))
  const peer = await associate(await listener.listen({ host: '127.0.0.1', port: 0 }))
  const object = ctObject()
  peer.message(1, storeRequest(object), object.dataSet)
  expect((await peer.nextCommand())?.status).toBe(0)
  expect((await peer.next(20_000))?.type).toBe(7)
})

test('after our last word the peer has the close delay, then we close', async () => {
  const here = await open({ closeDelayMs: 300 })
  const peer = await associate(here.port)
  const askedAt = performance.now()
  peer.send(Buffer.from([5, 0, 0, 0, 0, 4, 0, 0, 0, 0]))
  expect((await peer.next())?.type).toBe(6)
  expect(await peer.closed(20_000)).toBe(true)
  const waitedMs = performance.now() - askedAt
  expect(waitedMs).toBeGreaterThan(290)
  expect(waitedMs).toBeLessThan(15_000)
})
