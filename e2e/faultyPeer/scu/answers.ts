import type { ScriptedPeer } from '#electron/dicom/testing/scriptedPeer.ts'
import { abort, ascii, crumbs, data, pdu, releaseRequest, value } from '../bytes.ts'
import { commandPdu, commandSet, echoRequest, element, response, storeRequest, us } from '../command.ts'
import type { Operation } from '../faultyCase.ts'
import { type Asked, accept, answer, asked, casesOf, type Fault, takeRequest } from './faultyScp.ts'

const all: Operation[] = ['echo', 'find', 'move', 'send']
const two: Operation[] = ['echo', 'find']

/** A peer that takes the request, and then this. */
const then = (name: string, on: Operation[], act: (peer: ScriptedPeer, request: Asked) => unknown): Fault => ({
  name,
  on,
  async script(peer) {
    await act(peer, await asked(peer))
  },
})
const success = ({ field, messageId }: Asked) => response({ field, messageId, status: 0 })
const junk = Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919) & 0xff))

export const answers = casesOf([
  then('aborts instead of an answer', all, (peer) => peer.send(abort)),
  then('hangs up instead of an answer', all, (peer) => peer.destroy()),
  then('resets instead of an answer', all, (peer) => peer.socket.resetAndDestroy()),
  then('releases instead of an answer', all, (peer) => peer.send(releaseRequest)),
  then('says nothing', all, (peer) => peer.closed(15_000)),
  then('answers another message ID', all, (peer, request) =>
    answer(peer, { ...request, messageId: request.messageId + 1 }, { status: 0 }),
  ),
  then('answers another operation', all, (peer, request) => answer(peer, { ...request, field: 0x8150 }, { status: 0 })),
  then('answers in another context', all, (peer, request) =>
    answer(peer, { ...request, contextId: 253 }, { status: 0 }),
  ),
  then('answers in context 0', two, (peer, request) => answer(peer, { ...request, contextId: 0 }, { status: 0 })),
  then('answers without a status', all, (peer, { contextId, field, messageId }) =>
    peer.send(
      commandPdu(
        contextId,
        commandSet(element(0x0100, us(field)), element(0x0120, us(messageId)), element(0x0800, us(0x0101))),
      ),
    ),
  ),
  then('answers with a status that nobody knows', all, (peer, request) => answer(peer, request, { status: 0x1234 })),
  then('answers with a failure and a comment of 50 KB', all, (peer, { contextId, ...request }) => {
    const comment = element(0x0902, ascii(`\x1b[2J<script>${'x'.repeat(50_000)}`))
    peer.send(crumbs(contextId, 1, response({ ...request, status: 0xa900, more: [comment] }), 10_000))
  }),
  then('asks us for an echo instead', two, (peer, { contextId }) => peer.send(commandPdu(contextId, echoRequest()))),
  then('stores something instead', two, (peer, { contextId }) =>
    peer.send(commandPdu(contextId, storeRequest('../../x'))),
  ),
  then('answers by noise', all, (peer, { contextId }) => peer.send(commandPdu(contextId, junk))),
  then('answers by an empty command', two, (peer, { contextId }) => peer.send(commandPdu(contextId, Buffer.alloc(0)))),
  then('answers half and hangs up', all, (peer, request) => {
    peer.send(data(value(request.contextId, 1, success(request).subarray(0, 20))))
    peer.socket.end()
  }),
  then('answers in a value of 4 GB', two, (peer, request) =>
    peer.send(data(value(request.contextId, 3, success(request), 0xffffffff))),
  ),
  then('answers in a PDU of 4 GB', two, (peer, request) =>
    peer.send(pdu(4, value(request.contextId, 3, success(request)), 0xffffffff)),
  ),
  then('answers by data without a command', two, (peer, { contextId }) => peer.send(data(value(contextId, 2, junk)))),
  then('announces a data set with its answer, and never sends it', all, (peer, { contextId, ...request }) =>
    peer.send(commandPdu(contextId, response({ ...request, status: 0, hasDataSet: true }))),
  ),
  then('adds a data set of 5 MB', two, (peer, { contextId, ...request }) => {
    peer.send(commandPdu(contextId, response({ ...request, status: 0, hasDataSet: true })))
    peer.send(crumbs(contextId, 0, Buffer.alloc(5 * 1024 * 1024), 16_000))
  }),
  then('sends ten thousand answers of another operation', two, (peer, request) =>
    peer.send(
      Buffer.concat(
        Array.from({ length: 10_000 }, () => commandPdu(request.contextId, success({ ...request, field: 0x8150 }))),
      ),
    ),
  ),
  then('sends values without bytes for ever', two, async (peer, { contextId }) => {
    const empty = Buffer.concat(Array.from({ length: 2000 }, () => data(value(contextId, 1, Buffer.alloc(0)))))
    for (let i = 0; i < 300 && !peer.isClosed; i += 1) {
      peer.send(empty)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }),
  {
    name: 'answers before it is asked',
    on: two,
    async script(peer) {
      // In one write: an answer that comes when the request is on its way cannot be told from a true one.
      const answers = [0x8030, 0x8020].map((field) => commandPdu(1, response({ field, messageId: 1, status: 0 })))
      await accept(peer, undefined, answers)
      await takeRequest(peer)
    },
  },
  {
    name: 'answers in values of one byte',
    on: all,
    isBorne: true,
    check() {},
    async script(peer) {
      await accept(peer)
      for (let next = await takeRequest(peer); next; next = await takeRequest(peer))
        peer.send(crumbs(next.contextId, 1, success(next), 1))
    },
  },
  {
    name: 'answers each request a thousand times',
    on: two,
    check() {},
    async script(peer) {
      await accept(peer)
      for (let next = await takeRequest(peer); next; next = await takeRequest(peer)) {
        const one = commandPdu(next.contextId, success(next))
        peer.send(Buffer.concat(Array.from({ length: 1000 }, () => one)))
      }
    },
  },
  {
    name: 'answers, and never the release',
    on: ['echo', 'find'],
    isBorne: true,
    async script(peer) {
      const request = await asked(peer)
      answer(peer, request, { status: 0 })
      await peer.closed(15_000)
    },
  },
])
