import type { ScriptedPeer } from '#electron/dicom/testing/scriptedPeer.ts'
import { acceptBody, CT, crumbs, data, pdu, value } from '../bytes.ts'
import { commandPdu, commandSet, echoRequest, element, response, storeRequest, us } from '../command.ts'
import { drained } from '../faultyCase.ts'
import { image } from '../image.ts'
import { type Asked, answer, casesOf, type Fault, type Offered, takeProposal, takeRequest } from './faultyScp.ts'

/** A peer that is asked for a study by C-GET, and then this. */
const then = (
  name: string,
  act: (peer: ScriptedPeer, request: Asked, storage: Offered) => unknown,
  more: Partial<Fault> = {},
): Fault => ({
  name,
  on: ['get'],
  async script(peer) {
    const offered = await takeProposal(peer)
    peer.send(pdu(2, acceptBody(offered)))
    const request = await takeRequest(peer)
    const storage = offered.find((one) => one.abstractSyntax === CT && one.transferSyntax === '1.2.840.10008.1.2.1')
    if (request && storage) await act(peer, request, storage)
  },
  ...more,
})

function store(storage: Pick<Offered, 'id'>, sopInstanceUID: string, dataSet: Uint8Array, messageId = 1): Buffer {
  return Buffer.concat([
    commandPdu(storage.id, storeRequest(sopInstanceUID, messageId)),
    crumbs(storage.id, 0, dataSet, 16_000),
  ])
}

const final = (peer: ScriptedPeer, request: Asked, completed: number) =>
  answer(peer, request, {
    status: 0,
    more: [element(0x1021, us(completed)), element(0x1022, us(0)), element(0x1023, us(0))],
  })

const good = image('got')

export const gets = casesOf([
  then('aborts before the first image', (peer) => peer.send(Buffer.from([7, 0, 0, 0, 0, 4, 0, 0, 0, 0]))),
  then('says nothing', (peer) => peer.closed(15_000)),
  then('claims that ten images came, and none did', (peer, request) => final(peer, request, 10)),
  then('sends half of an image and hangs up', (peer, _, storage) => {
    const bytes = store(storage, good.sopInstanceUID, good.dataSet)
    peer.send(bytes.subarray(0, bytes.length / 2))
    peer.socket.end()
  }),
  then('sends half of an image and says nothing more', async (peer, _, storage) => {
    const bytes = store(storage, good.sopInstanceUID, good.dataSet)
    peer.send(bytes.subarray(0, bytes.length / 2))
    await peer.closed(15_000)
  }),
  then('sends a thousand images without waiting', (peer, _, storage) => {
    const one = store(storage, good.sopInstanceUID, good.dataSet)
    peer.send(Buffer.concat(Array.from({ length: 1000 }, () => one)))
  }),
  then('sends noise as image', async (peer, request, storage) => {
    peer.send(store(storage, '1.2.3.99', Buffer.alloc(5000, 0xa5)))
    await peer.next()
    final(peer, request, 1)
  }),
  then('sends an image whose UID is a path', async (peer, request, storage) => {
    peer.send(store(storage, '../../../tmp/x', good.dataSet))
    await peer.next()
    final(peer, request, 1)
  }),
  then('sends an image in a context for queries', async (peer, request) => {
    peer.send(store({ id: request.contextId }, good.sopInstanceUID, good.dataSet))
    await peer.next()
    final(peer, request, 1)
  }),
  then('asks for an echo in between', async (peer, request, storage) => {
    peer.send(commandPdu(storage.id, echoRequest(9)))
    await peer.next()
    final(peer, request, 0)
  }),
  then('sends the same image without an end', async (peer, _, storage) => {
    for (let messageId = 1; !peer.isClosed; messageId = (messageId % 60_000) + 1) {
      peer.send(store(storage, good.sopInstanceUID, good.dataSet, messageId))
      if (!(await peer.next(2000))) return
    }
  }),
  then('sends a data set without an end', async (peer, _, storage) => {
    peer.send(commandPdu(storage.id, storeRequest(good.sopInstanceUID)))
    peer.send(data(value(storage.id, 0, good.dataSet.subarray(0, 200))))
    const more = data(value(storage.id, 0, Buffer.alloc(16_000)))
    while (!peer.isClosed && !peer.socket.destroyed) {
      peer.send(more)
      await drained(peer)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }),
  then('says pending without an end', async (peer, { contextId, ...request }) => {
    const one = commandPdu(contextId, response({ ...request, status: 0xff00, more: [element(0x1020, us(5))] }))
    while (!peer.isClosed) {
      peer.send(one)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }),
])

const push = '1.2.840.10008.1.20.1'
const report = (messageId: number) =>
  commandSet(
    element(0x0002, Buffer.from(push)),
    element(0x0100, us(0x0100)),
    element(0x0110, us(messageId)),
    element(0x0800, us(1)),
    element(0x1000, Buffer.from(`${push}.1`)),
    element(0x1002, us(1)),
  )

/** A peer that takes the images; asked to commit to them it does this. The send itself is done all the same. */
const committing = (name: string, act: (peer: ScriptedPeer, request: Asked) => unknown): Fault => ({
  name,
  on: ['commit'],
  isBorne: true,
  async script(peer) {
    peer.send(pdu(2, acceptBody(await takeProposal(peer))))
    for (let next = await takeRequest(peer); next; next = await takeRequest(peer)) {
      if (next.field === 0x8130) return void (await act(peer, next))
      answer(peer, next, { status: 0 })
    }
  },
})

export const asksToCommit = casesOf([
  committing('aborts', (peer) => peer.send(Buffer.from([7, 0, 0, 0, 0, 4, 0, 0, 0, 0]))),
  committing('says nothing', (peer) => peer.closed(15_000)),
  committing('answers another message ID', (peer, request) =>
    answer(peer, { ...request, messageId: 999 }, { status: 0 }),
  ),
  committing('refuses', (peer, request) => answer(peer, request, { status: 0x0110 })),
  committing('reports noise', (peer, request) => {
    answer(peer, request, { status: 0 })
    peer.send(commandPdu(request.contextId, report(1)))
    peer.send(data(value(request.contextId, 2, Buffer.alloc(400, 0xa5))))
  }),
  committing('reports two thousand transactions that nobody began', (peer, request) => {
    answer(peer, request, { status: 0 })
    const one = Buffer.concat([
      commandPdu(request.contextId, report(1)),
      data(value(request.contextId, 2, Buffer.alloc(0))),
    ])
    peer.send(Buffer.concat(Array.from({ length: 2000 }, () => one)))
  }),
])
