import { abort, acceptBody, data, pdu, reject, releaseRequest, releaseResponse, request, value } from '../bytes.ts'
import { commandPdu, echoRequest } from '../command.ts'
import { associate, dialAndSend, type FaultyCase, must, mustEnd, pause } from '../faultyCase.ts'

const accept = pdu(2, acceptBody([{ id: 1, result: 0, transferSyntax: '1.2.840.10008.1.2' }]))
const PDUS: [name: string, bytes: Buffer][] = [
  ['A-ASSOCIATE-AC', accept],
  ['A-ASSOCIATE-RJ', reject()],
  ['P-DATA-TF', commandPdu(1, echoRequest())],
  ['A-RELEASE-RQ', releaseRequest],
  ['A-RELEASE-RP', releaseResponse],
]

/** PS3.8 Table 9-10, the columns that a caller can bring about: Sta2, Sta3, Sta6, Sta13. */
export const outOfState: FaultyCase[] = [
  ...PDUS.map(([name, bytes]) => ({
    name: `${name} before any association`,
    run: async (victim: Parameters<FaultyCase['run']>[0]) => mustEnd(await dialAndSend(victim, bytes)),
  })),
  {
    name: 'A-ABORT before any association',
    run: async (victim) => mustEnd(await dialAndSend(victim, abort), 'close'),
  },
  ...PDUS.filter(([name]) => name !== 'P-DATA-TF' && name !== 'A-RELEASE-RQ').map(([name, bytes]) => ({
    name: `${name} within an association`,
    async run(victim: Parameters<FaultyCase['run']>[0]) {
      const peer = await associate(victim)
      peer.send(bytes)
      await mustEnd(peer)
    },
  })),
  ...PDUS.map(([name, bytes]) => ({
    name: `${name} in one breath with the request`,
    run: async (victim: Parameters<FaultyCase['run']>[0]) =>
      mustEnd(await dialAndSend(victim, Buffer.concat([request(), bytes]))),
  })),
  {
    name: 'the request twice in one breath',
    run: async (victim) => mustEnd(await dialAndSend(victim, Buffer.concat([request(), request()]))),
  },
  {
    name: 'a second request within the association',
    async run(victim) {
      const peer = await associate(victim)
      peer.send(request())
      await mustEnd(peer)
    },
  },
  {
    name: 'echoes behind the release request',
    async run(victim) {
      const peer = await associate(victim)
      peer.send(Buffer.concat([releaseRequest, commandPdu(1, echoRequest()), commandPdu(1, echoRequest(2))]))
      must((await peer.next())?.type === 6, 'the release was not answered')
      must((await peer.next(300)) === undefined, 'something came behind the release')
      peer.destroy()
    },
  },
  {
    name: 'release in the middle of a command',
    async run(victim) {
      const peer = await associate(victim)
      peer.send(Buffer.concat([data(value(1, 1, echoRequest().subarray(0, 20))), releaseRequest]))
      must((await peer.next())?.type === 6, 'the release was not answered')
      peer.destroy()
    },
  },
  {
    name: 'two hundred thousand requests behind the release, answers never read',
    async run(victim) {
      const peer = await associate(victim)
      peer.socket.pause()
      peer.send(releaseRequest)
      const flood = Buffer.concat(Array.from({ length: 20_000 }, () => pdu(1, Buffer.alloc(0))))
      for (let i = 0; i < 10; i += 1) {
        peer.send(flood)
        await pause(20)
      }
      await pause(500)
      peer.destroy()
    },
  },
  {
    name: 'twenty megabytes behind our A-ABORT',
    async run(victim) {
      const peer = await associate(victim)
      peer.send(accept)
      must((await peer.next())?.type === 7, 'no A-ABORT came')
      const junk = Buffer.alloc(1024 * 1024, 0x04)
      for (let i = 0; i < 20 && !peer.isClosed; i += 1) peer.send(junk)
      await pause(300)
      peer.destroy()
    },
  },
]
