import { pdu, request, requestBody } from '../bytes.ts'
import { associate, dialAndSend, type FaultyCase, mustEnd } from '../faultyCase.ts'

const TYPES = [
  [1, 'A-ASSOCIATE-RQ'],
  [2, 'A-ASSOCIATE-AC'],
  [3, 'A-ASSOCIATE-RJ'],
  [4, 'P-DATA-TF'],
  [5, 'A-RELEASE-RQ'],
  [6, 'A-RELEASE-RP'],
  [7, 'A-ABORT'],
] as const

const LENGTHS: [name: string, body: Buffer, length: number][] = [
  ['of no length', Buffer.alloc(0), 0],
  ['that is 4 GB long', Buffer.alloc(100), 0xffffffff],
  ['of 2 GB and a byte', Buffer.alloc(100), 0x80000001],
  ['three bytes long', Buffer.alloc(3), 3],
]

/** Before an association, and within one: each PDU type with each wrong length. */
export const pduLengths: FaultyCase[] = [
  ...TYPES.flatMap(([type, name]) =>
    LENGTHS.map(([words, body, length]) => ({
      name: `${name} ${words}`,
      async run(victim: Parameters<FaultyCase['run']>[0]) {
        await mustEnd(await dialAndSend(victim, pdu(type, body, length)), 'either')
        const peer = await associate(victim)
        peer.send(pdu(type, body, length))
        await mustEnd(peer)
      },
    })),
  ),
  ...TYPES.map(([type, name]) => ({
    name: `${name} that is cut short by the end of the connection`,
    async run(victim: Parameters<FaultyCase['run']>[0]) {
      const half = pdu(type, Buffer.alloc(10), 1000)
      const before = await dialAndSend(victim, type === 1 ? request().subarray(0, 60) : half)
      before.socket.end()
      await mustEnd(before, 'either')
      const peer = await associate(victim)
      peer.send(half)
      peer.socket.end()
      await mustEnd(peer, 'either')
    },
  })),
  ...[0, 8, 0x16, 0x47, 255].map((type) => ({
    name: `PDU type ${type}, which does not exist`,
    async run(victim: Parameters<FaultyCase['run']>[0]) {
      await mustEnd(await dialAndSend(victim, pdu(type, Buffer.alloc(4))))
      const peer = await associate(victim)
      peer.send(pdu(type, Buffer.alloc(4)))
      await mustEnd(peer)
    },
  })),
  {
    name: 'A-ASSOCIATE-RQ cut at each of its bytes',
    async run(victim) {
      const whole = requestBody()
      for (let length = 0; length < whole.length; length += 7) {
        const peer = await dialAndSend(victim, pdu(1, whole.subarray(0, length)))
        await peer.next(1000)
        peer.destroy()
      }
    },
  },
  {
    name: 'A-ASSOCIATE-RQ whose items claim 65535 bytes, one after the other',
    async run(victim) {
      const whole = requestBody()
      for (let at = 68; at + 4 <= whole.length; at += 4 + whole.readUInt16BE(at + 2)) {
        const spoilt = Buffer.from(whole)
        spoilt.writeUInt16BE(0xffff, at + 2)
        await mustEnd(await dialAndSend(victim, pdu(1, spoilt)))
      }
    },
  },
]
