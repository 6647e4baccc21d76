import { afterEach, expect, test } from 'vitest'
import { CT_IMAGE, VERIFICATION } from '#shared/dicom/sopClass.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import type { NodeEvent } from '../nodeApi.ts'
import { echo } from '../scu/echo.ts'
import { ScriptedPeer } from '../testing/scriptedPeer.ts'
import { openTestNode, peerAt, type TestNode } from '../testing/testNode.ts'
import { encodeAssociateRequest } from '../upperLayer/associatePdu.ts'
import { decodeAssociateAccept } from '../upperLayer/decodeAssociate.ts'
import { Listener } from './listener.ts'
import { type Service, ServiceRegistry } from './service.ts'
import { verification } from './verification.ts'

const FIND = '1.2.840.10008.5.1.4.1.2.2.1'
const PENDING = { status: 0xff00 }
const DONE = { status: 0 }
const find = (messageID: number) => ({
  commandField: 0x0020,
  hasDataSet: true,
  affectedSOPClassUID: FIND,
  messageID,
  priority: 0,
})
const cancel = (messageID: number) => ({
  commandField: 0x0fff,
  hasDataSet: false,
  messageIDBeingRespondedTo: messageID,
})
const identifier = Buffer.alloc(32)
const nowhere = { write() {}, end() {}, abort() {} }

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

/** The real listener with a service that does what a test says. */
async function listen(request: Service['request'], performs?: Service['performs'], options = {}) {
  const here: TestNode = await openTestNode(options)
  closing.push(() => here.close())
  const service: Service = {
    name: 'Answers as the test says',
    serviceClass: 'queryRetrieve',
    commandFields: [0x0020],
    supports: (uid) => uid === FIND,
    supportsTransferSyntax: (uid) => uid === IMPLICIT_VR_LITTLE_ENDIAN,
    ...(performs ? { performs } : {}),
    request,
  }
  const events: NodeEvent[] = []
  const registry = new ServiceRegistry([verification, service])
  const listener = new Listener(here.configuration, registry, (event) => events.push(event))
  const port = await listener.listen({ host: '127.0.0.1', port: 0 })
  closing.push(() => listener.close(0))
  return { port, events, listener }
}

const contexts = [
  { id: 1, abstractSyntax: FIND, transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN] },
  { id: 3, abstractSyntax: VERIFICATION, transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN] },
]

async function associate(port: number) {
  const { peer } = await ScriptedPeer.open(port, { contexts })
  closing.push(() => peer.destroy())
  return peer
}

test('C-CANCEL reaches the request that runs within a moment, and only that one', async () => {
  const { port } = await listen((association, context, command, signal) => {
    association.respond(context, command, PENDING)
    signal.addEventListener('abort', () => association.respond(context, command, { status: 0xfe00 }))
    return nowhere
  })
  const peer = await associate(port)
  peer.message(1, find(7), identifier)
  expect((await peer.nextCommand())?.status).toBe(0xff00)
  peer.message(1, cancel(8))
  expect(await peer.next(200)).toBeUndefined()
  const startedAt = performance.now()
  peer.message(1, cancel(7))
  expect(await peer.nextCommand()).toMatchObject({ status: 0xfe00, messageIDBeingRespondedTo: 7 })
  expect(performance.now() - startedAt).toBeLessThan(10_000)
  peer.message(1, cancel(7))
  peer.message(3, { commandField: 0x0030, hasDataSet: false, affectedSOPClassUID: VERIFICATION, messageID: 9 })
  expect((await peer.nextCommand())?.messageIDBeingRespondedTo).toBe(9)
})

test.each([
  ['aborts', (peer: ScriptedPeer) => peer.send(Buffer.from([7, 0, 0, 0, 0, 4, 0, 0, 0, 0]))],
  ['releases', (peer: ScriptedPeer) => peer.send(Buffer.from([5, 0, 0, 0, 0, 4, 0, 0, 0, 0]))],
  ['vanishes', (peer: ScriptedPeer) => peer.destroy()],
])('a request that runs is told when the peer %s', async (_, leave) => {
  const told: boolean[] = []
  const { port } = await listen((association, context, command, signal) => {
    signal.addEventListener('abort', () => {
      told.push(signal.aborted)
      association.respond(context, command, DONE)
    })
    association.respond(context, command, PENDING)
    return nowhere
  })
  const peer = await associate(port)
  peer.message(1, find(1), identifier)
  await peer.nextCommand()
  leave(peer)
  await expect.poll(() => told).toEqual([true])
})

test('a request that comes while another runs waits for its turn, with its data set', async () => {
  const got: number[] = []
  const open: (() => void)[] = []
  const { port } = await listen((association, context, command) => {
    let bytes = 0
    return {
      write: (part) => {
        bytes += part.length
      },
      end: () => {
        got.push(bytes)
        open.push(() => association.respond(context, command, DONE))
      },
      abort() {},
    }
  })
  const peer = await associate(port)
  for (const [at, length] of [10, 20_000, 30].entries()) peer.message(1, find(at + 1), Buffer.alloc(length))
  await expect.poll(() => got).toEqual([10])
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(got).toEqual([10])
  open[0]?.()
  await expect.poll(() => got).toEqual([10, 20_000])
  open[1]?.()
  await expect.poll(() => got).toEqual([10, 20_000, 30])
  open[2]?.()
  for (const messageID of [1, 2, 3]) expect((await peer.nextCommand())?.messageIDBeingRespondedTo).toBe(messageID)
})

test('a stream of answers waits for a peer that reads slowly, which can cancel it all the same', async () => {
  let sent = 0
  const { port } = await listen((association, context, command, signal) => {
    const stream = async () => {
      while (!signal.aborted) {
        association.respond(context, command, PENDING, Buffer.alloc(1000))
        sent += 1
        await association.drained()
        if (sent % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
      }
      association.respond(context, command, { status: 0xfe00 })
    }
    void stream()
    return nowhere
  })
  const peer = await associate(port)
  peer.socket.pause()
  peer.message(1, find(1), identifier)
  await expect.poll(() => sent).toBeGreaterThan(100)
  const isStill = async () => {
    const before = sent
    await new Promise((resolve) => setTimeout(resolve, 100))
    return sent === before
  }
  await expect.poll(isStill).toBe(true)
  const { elapsedMs } = await echo(peerAt(port), new AbortController().signal)
  expect(elapsedMs).toBeLessThan(10_000)
  peer.message(1, cancel(1))
  peer.socket.resume()
  const startedAt = performance.now()
  while (performance.now() - startedAt < 30_000) {
    const pdu = await peer.next()
    if (pdu?.type === 4 && pdu.body.includes(Buffer.from([0x00, 0x09, 2, 0, 0, 0, 0x00, 0xfe]))) break
  }
  expect(performance.now() - startedAt).toBeLessThan(30_000)
})

const ctStores = {
  supports: (uid: string) => uid === CT_IMAGE,
  supportsTransferSyntax: (uid: string) => uid === EXPLICIT_VR_LITTLE_ENDIAN,
}
async function askWithRole(port: number, role: { scu: boolean; scp: boolean } | undefined) {
  const peer = await ScriptedPeer.dial(port)
  closing.push(() => peer.destroy())
  peer.send(
    encodeAssociateRequest({
      calledAETitle: 'X',
      callingAETitle: 'Y',
      contexts: [...contexts, { id: 5, abstractSyntax: CT_IMAGE, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN] }],
      maxPduLength: 16_384,
      implementationClassUID: '1.2',
      implementationVersionName: '',
      roles: role ? [{ sopClassUID: CT_IMAGE, ...role }] : [],
      extended: [],
    }),
  )
  const { roles, contexts: answers } = decodeAssociateAccept((await peer.next())?.body ?? Buffer.alloc(0))
  return { peer, roles, result: answers.find(({ id }) => id === 5)?.result }
}

test('the SCP role of a class is given where a service sends requests by it, and nowhere else', async () => {
  const { port } = await listen(() => undefined, ctStores)
  const ct = (scu: boolean, scp: boolean) => [{ sopClassUID: CT_IMAGE, scu, scp }]
  expect(await askWithRole(port, { scu: false, scp: true })).toMatchObject({ result: 0, roles: ct(false, true) })
  expect(await askWithRole(port, { scu: true, scp: true })).toMatchObject({ result: 0, roles: ct(false, true) })
  expect(await askWithRole(port, { scu: true, scp: false })).toMatchObject({ result: 1, roles: [] })
  expect(await askWithRole(port, undefined)).toMatchObject({ result: 3, roles: [] })
  const without = await listen(() => undefined)
  expect(await askWithRole(without.port, { scu: false, scp: true })).toMatchObject({ result: 3, roles: [] })
})

test('a service sends requests to the peer on the same association and gets their answers', async () => {
  const { port } = await listen((association, context, command) => {
    const run = async () => {
      const { requests } = association
      const store = requests.contextFor(CT_IMAGE, () => true)
      if (!store) return association.respond(context, command, { status: 0xa702 })
      const request = {
        commandField: 1,
        hasDataSet: true,
        affectedSOPClassUID: CT_IMAGE,
        messageID: requests.nextMessageID(),
      }
      requests.send(store, request, Buffer.alloc(10))
      const answer = await requests.next()
      association.respond(context, command, { status: 0, completedSubOperations: answer.command.status ?? -1 })
    }
    void run()
    return nowhere
  }, ctStores)
  const { peer } = await askWithRole(port, { scu: false, scp: true })
  peer.message(1, find(1), identifier)
  const store = await peer.nextCommand()
  expect(store).toMatchObject({ commandField: 1, affectedSOPClassUID: CT_IMAGE })
  expect((await peer.nextData()).length).toBe(10)
  peer.message(5, {
    commandField: 0x8001,
    hasDataSet: false,
    messageIDBeingRespondedTo: store?.messageID ?? 0,
    status: 0xb000,
  })
  expect(await peer.nextCommand()).toMatchObject({ commandField: 0x8020, completedSubOperations: 0xb000 })
  // The peer is not the SCU of what we store there.
  peer.message(5, { commandField: 1, hasDataSet: true, affectedSOPClassUID: CT_IMAGE, messageID: 3 }, identifier)
  expect((await peer.nextCommand())?.status).toBe(0x0211)
})

test.each([
  ['to nothing that was asked', 0],
  ['with another message ID', 1],
])('an answer %s aborts the association', async (_, asked) => {
  const { port } = await listen((association) => {
    const store = association.requests.contextFor(CT_IMAGE, () => true)
    const request = { commandField: 1, hasDataSet: false, affectedSOPClassUID: CT_IMAGE, messageID: 5 }
    if (asked && store) association.requests.send(store, request)
    return nowhere
  }, ctStores)
  const { peer } = await askWithRole(port, { scu: false, scp: true })
  peer.message(1, find(1), identifier)
  if (asked) await peer.nextCommand()
  peer.message(5, { commandField: 0x8001, hasDataSet: false, messageIDBeingRespondedTo: 6, status: 0 })
  expect((await peer.next())?.type).toBe(7)
})

test('a peer that never answers our request is let go after the DIMSE timeout', async () => {
  const failures: unknown[] = []
  const { port } = await listen(
    (association) => {
      const store = association.requests.contextFor(CT_IMAGE, () => true)
      if (!store) return undefined
      association.requests.send(store, { commandField: 1, hasDataSet: false, messageID: 1 })
      association.requests.next().catch((error: unknown) => failures.push(error))
      return nowhere
    },
    ctStores,
    { dimseTimeoutMs: 200 },
  )
  const { peer } = await askWithRole(port, { scu: false, scp: true })
  peer.message(1, find(1), identifier)
  await peer.nextCommand()
  expect((await peer.next(20_000))?.type).toBe(7)
  expect(failures).toMatchObject([{ code: 'TIMED_OUT' }])
})
