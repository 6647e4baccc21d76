import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { IMPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import { encodeMessage } from '../dimse/encodeMessage.ts'
import { echo } from '../scu/echo.ts'
import { ScriptedPeer } from '../testing/scriptedPeer.ts'
import { openTestNode, peerAt, type TestNode } from '../testing/testNode.ts'
import { encodeAssociateRequest } from '../upperLayer/associatePdu.ts'
import { EventQueue } from './eventQueue.ts'

const VERIFICATION = '1.2.840.10008.1.1'
const proposal = { contexts: [{ id: 1, abstractSyntax: VERIFICATION, transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN] }] }

let here: TestNode
afterEach(() => here?.close())

test('thousands of role selections for one class get one answer, and the associations of others live on', async () => {
  here = await openTestNode()
  const { peer: innocent } = await ScriptedPeer.open(here.port, proposal)
  const socket = connect(here.port, '127.0.0.1')
  const answer = new Promise<Buffer>((resolve) => socket.once('data', resolve))
  socket.write(
    encodeAssociateRequest({
      calledAETitle: 'ANY',
      callingAETitle: 'GREEDY',
      ...proposal,
      maxPduLength: 16_384,
      implementationClassUID: '1.2.3',
      implementationVersionName: 'GREEDY',
      roles: Array.from({ length: 2620 }, () => ({ sopClassUID: VERIFICATION, scu: true, scp: false })),
      extended: [],
    }),
  )
  expect((await answer)[0]).toBe(2)
  expect((await answer).length).toBeLessThan(1000)
  innocent.message(1, { commandField: 0x0030, messageID: 1, affectedSOPClassUID: VERIFICATION, hasDataSet: false })
  expect((await innocent.nextCommand())?.status).toBe(0)
  socket.destroy()
  innocent.destroy()
})

test('a peer that never reads its answers is not read any further, and others are answered', async () => {
  here = await openTestNode()
  const { peer } = await ScriptedPeer.open(here.port, proposal)
  peer.socket.pause()
  const before = process.memoryUsage().rss
  const echoes = Buffer.concat(
    Array.from({ length: 2000 }, (_, at) => {
      const command = { commandField: 0x0030, messageID: at + 1, affectedSOPClassUID: VERIFICATION, hasDataSet: false }
      return encodeMessage(1, command, undefined, 16_384)
    }),
  )
  // How much the two sockets hold is the system's choice; once they are full, nothing leaves for a second.
  let isStuck = false
  for (let round = 0; round < 1000 && !isStuck; round += 1) {
    peer.send(echoes)
    for (let left = 0, same = 0; peer.socket.writableLength > 0 && !isStuck; isStuck = same === 20) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      same = peer.socket.writableLength === left ? same + 1 : 0
      left = peer.socket.writableLength
    }
  }
  expect(isStuck).toBe(true)
  // Sender and receiver are one process here; unbounded, the answers alone would grow with every round.
  expect(process.memoryUsage().rss - before).toBeLessThan(150e6)
  await echo(peerAt(here.port), new AbortController().signal)
  peer.destroy()
})

test('a reader that waits for events again and again leaves one listener on its signal', async () => {
  const queue = new EventQueue()
  const abort = new AbortController()
  let listeners = 0
  const add = abort.signal.addEventListener.bind(abort.signal)
  abort.signal.addEventListener = ((...args: Parameters<typeof add>) => {
    listeners += 1
    add(...args)
  }) as typeof add
  const read = (async () => {
    let seen = 0
    for await (const _ of queue.read(abort.signal)) {
      seen += 1
      if (seen === 50) break
    }
    return seen
  })()
  for (let i = 0; i < 50; i += 1) {
    queue.push({ kind: 'associationEnded', associationId: String(i), at: 0, how: 'released', note: undefined })
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  expect(await read).toBe(50)
  expect(listeners).toBe(1)
})

test('a host that holds all associations and rests yields one to a caller from elsewhere, none to itself', async () => {
  here = await openTestNode({ maxAssociations: 4 })
  const crowd = await Promise.all([1, 2, 3, 4].map(() => ScriptedPeer.open(here.port, proposal)))
  await new Promise((resolve) => setTimeout(resolve, 400))
  const fifth = await ScriptedPeer.ask(here.port, proposal)
  expect((await fifth.next())?.type).toBe(3)
  const socket = connect({ port: here.port, host: '127.0.0.1', localAddress: '127.0.0.2' })
  const elsewhere = new ScriptedPeer(socket)
  elsewhere.send(
    encodeAssociateRequest({
      calledAETitle: 'NEGATOSCOPE',
      callingAETitle: 'ELSEWHERE',
      ...proposal,
      maxPduLength: 16_384,
      implementationClassUID: '1.2.3',
      implementationVersionName: '',
      roles: [],
      extended: [],
    }),
  )
  expect((await elsewhere.next())?.type).toBe(2)
  for (const { peer } of crowd) peer.destroy()
  fifth.destroy()
  elsewhere.destroy()
})

test('long requests that never end are cut off beyond a bound, others are served, and the room comes back', async () => {
  here = await openTestNode()
  const begun = Buffer.concat([Buffer.from([1, 0, 0, 7, 0xa1, 0x20]), Buffer.alloc(400_000)])
  let cutOff = 0
  const sockets = Array.from({ length: 80 }, () => {
    const socket = connect(here.port, '127.0.0.1', () => socket.write(begun))
    socket.on('error', () => {}).once('data', () => (cutOff += 1))
    return socket
  })
  await expect.poll(() => cutOff, { timeout: 30_000 }).toBeGreaterThan(20)
  await echo(peerAt(here.port), new AbortController().signal)
  for (const socket of sockets) socket.destroy()
  const transferSyntaxes = Array.from(
    { length: 40 },
    (_, at) => `${IMPLICIT_VR_LITTLE_ENDIAN}${at === 0 ? '' : `.${at}`}`,
  )
  const contexts = Array.from({ length: 128 }, (_, at) => ({
    id: 2 * at + 1,
    abstractSyntax: VERIFICATION,
    transferSyntaxes,
  }))
  const answer = async () => {
    const peer = await ScriptedPeer.ask(here.port, { contexts })
    const type = (await peer.next())?.type
    peer.destroy()
    return type
  }
  await expect.poll(answer, { timeout: 30_000 }).toBe(2)
})
