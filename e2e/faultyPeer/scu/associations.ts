import {
  abort,
  acceptBody,
  ascii,
  data,
  item,
  pdu,
  reject,
  releaseRequest,
  releaseResponse,
  request,
  value,
} from '../bytes.ts'
import { commandPdu, echoRequest } from '../command.ts'
import { pause } from '../faultyCase.ts'
import { accept, answer, casesOf, type Fault, takeProposal, takeRequest } from './faultyScp.ts'

const both = ['echo', 'send'] as const
const one = ['echo'] as const

/** A peer that takes the request and says this. */
const says = (
  name: string,
  bytes: (proposed: Awaited<ReturnType<typeof takeProposal>>) => Uint8Array,
  on: Fault['on'] = one,
): Fault => ({
  name,
  on,
  async script(peer) {
    peer.send(bytes(await takeProposal(peer)))
  },
})

/** A peer that accepts in a strange way and then serves. */
const serves = (name: string, bytes: Parameters<typeof says>[1], on: Fault['on'] = both): Fault => ({
  name,
  on,
  isBorne: true,
  async script(peer) {
    peer.send(bytes(await takeProposal(peer)))
    for (let next = await takeRequest(peer); next; next = await takeRequest(peer)) answer(peer, next, { status: 0 })
  },
})

export const associations = casesOf([
  { name: 'hangs up at once', on: both, script: async (peer) => peer.destroy() },
  { name: 'resets at once', on: both, script: async (peer) => void peer.socket.resetAndDestroy() },
  { name: 'closes its half at once', on: one, script: async (peer) => void peer.socket.end() },
  {
    name: 'says nothing to the request',
    on: one,
    mostMs: 5000,
    script: async (peer) => void (await peer.closed(15_000)),
  },
  { name: 'is a web server', on: one, script: async (peer) => peer.send(ascii('HTTP/1.1 400 Bad Request\r\n\r\n')) },
  { name: 'wants TLS', on: one, script: async (peer) => peer.send(Buffer.from([0x15, 3, 1, 0, 2, 2, 10])) },
  { name: 'sends a megabyte of noise', on: both, script: async (peer) => peer.send(Buffer.alloc(1024 * 1024, 0xa5)) },
  ...[
    [1, 1, 1],
    [1, 1, 7],
    [2, 3, 2],
    [0, 0, 0],
    [255, 255, 255],
  ].map(([result, source, reason]) =>
    says(`rejects with ${result}/${source}/${reason}`, () => reject(result, source, reason), both),
  ),
  says('aborts at the request', () => abort, both),
  says('answers by a request', () => request()),
  says('answers by data', () => commandPdu(1, echoRequest())),
  says('answers by a release request', () => releaseRequest),
  says('answers by a release response', () => releaseResponse),
  says('accepts in a PDU of no length', () => pdu(2, Buffer.alloc(0))),
  says('accepts in a PDU of 4 GB', () => pdu(2, Buffer.alloc(100), 0xffffffff)),
  says('rejects in a PDU of 4 GB', () => pdu(3, Buffer.alloc(100), 0xffffffff)),
  says('rejects in a PDU of one byte', () => pdu(3, Buffer.alloc(1))),
  says('accepts in items longer than the PDU', (proposed) => {
    const body = acceptBody(proposed)
    body.writeUInt16BE(0xffff, 70)
    return pdu(2, body)
  }),
  says('accepts nothing', (proposed) => pdu(2, acceptBody(proposed.map((one) => ({ ...one, result: 3 })))), both),
  says('accepts no context', () => pdu(2, acceptBody([])), both),
  says(
    'accepts contexts that nobody proposed',
    () =>
      pdu(
        2,
        acceptBody(
          Array.from({ length: 128 }, (_, i) => ({
            id: (i * 2 + 2) % 256,
            result: 0,
            transferSyntax: '1.2.840.10008.1.2',
          })),
        ),
      ),
    both,
  ),
  says(
    'accepts a syntax that nobody proposed',
    (proposed) => pdu(2, acceptBody(proposed.map((one) => ({ ...one, transferSyntax: '1.2.840.10008.1.2.4.999' })))),
    both,
  ),
  says('accepts twice', (proposed) => Buffer.concat([pdu(2, acceptBody(proposed)), pdu(2, acceptBody(proposed))])),
  says('accepts and aborts in one breath', (proposed) => Buffer.concat([pdu(2, acceptBody(proposed)), abort]), both),
  says(
    'accepts and releases in one breath',
    (proposed) => Buffer.concat([pdu(2, acceptBody(proposed)), releaseRequest]),
    both,
  ),
  says('accepts, and sends a request of its own', (proposed) =>
    Buffer.concat([pdu(2, acceptBody(proposed)), commandPdu(1, echoRequest())]),
  ),
  {
    name: 'accepts and hangs up',
    on: both,
    async script(peer) {
      await accept(peer)
      peer.destroy()
    },
  },
  {
    name: 'accepts half and hangs up',
    on: both,
    async script(peer) {
      peer.send(pdu(2, acceptBody(await takeProposal(peer))).subarray(0, 90))
      await pause(50)
      peer.socket.end()
    },
  },
  {
    name: 'accepts and answers nothing',
    on: both,
    async script(peer) {
      await accept(peer)
      await peer.closed(15_000)
    },
  },
  {
    name: 'accepts and never reads again',
    on: both,
    async script(peer) {
      await accept(peer)
      peer.socket.pause()
      await peer.closed(15_000)
    },
  },
  ...[0, 1, 6, 7, 0xffffffff].map((length) =>
    serves(`takes PDUs of ${length}`, (proposed) => pdu(2, acceptBody(proposed, length))),
  ),
  serves('answers each context three times', (proposed) => pdu(2, acceptBody([...proposed, ...proposed, ...proposed]))),
  serves('answers the contexts backwards', (proposed) => pdu(2, acceptBody(proposed.toReversed()))),
  serves('adds items that do not exist', (proposed) =>
    pdu(2, acceptBody(proposed, 16_384, [item(0x77, Buffer.alloc(60_000))])),
  ),
  serves('names an implementation of 60 KB', (proposed) =>
    pdu(2, acceptBody(proposed, 16_384, [item(0x50, item(0x55, Buffer.alloc(60_000, 'x')))])),
  ),
  serves('accepts byte after byte', (proposed) => pdu(2, acceptBody(proposed)), one),
  {
    name: 'releases in the middle of its answer',
    on: both,
    async script(peer) {
      await accept(peer)
      const next = await takeRequest(peer)
      peer.send(Buffer.concat([data(value(next?.contextId ?? 1, 1, Buffer.alloc(10))), releaseRequest]))
    },
  },
])
