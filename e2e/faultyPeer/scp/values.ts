import { crumbs, ct, data, value } from '../bytes.ts'
import { commandPdu, echoRequest, storeRequest } from '../command.ts'
import { associate, drained, type FaultyCase, must, mustEcho, mustEnd, pause, statusOf } from '../faultyCase.ts'
import { image } from '../image.ts'

const wrong: [name: string, bytes: Buffer][] = [
  ['a value of length 0', data(value(1, 3, Buffer.alloc(0), 0))],
  ['a value of length 1', data(value(1, 3, Buffer.alloc(0), 1))],
  ['a value longer than its PDU', data(value(1, 3, echoRequest(), 5000))],
  ['a value of 4 GB', data(value(1, 3, echoRequest(), 0xffffffff))],
  ['three bytes behind the last value', data(value(1, 1, echoRequest()), Buffer.alloc(3))],
  ['a value in a context that was never proposed', commandPdu(9, echoRequest())],
  ['a value in context 0', commandPdu(0, echoRequest())],
  ['a value in an even context', commandPdu(2, echoRequest())],
  ['data without a command', data(value(1, 2, Buffer.alloc(20)))],
  ['two commands sent into each other', data(value(1, 1, echoRequest().subarray(0, 20)), value(3, 3, echoRequest()))],
  [
    'a command where the data set belongs',
    Buffer.concat([commandPdu(3, storeRequest('1.2.3.4')), commandPdu(3, storeRequest('1.2.3.5'))]),
  ],
  [
    'the data set in another context than its command',
    Buffer.concat([commandPdu(3, storeRequest('1.2.3.4')), data(value(1, 2, Buffer.alloc(20)))]),
  ],
]

export const values: FaultyCase[] = [
  ...wrong.map(([name, bytes]) => ({
    name,
    async run(victim: Parameters<FaultyCase['run']>[0]) {
      const peer = await associate(victim)
      peer.send(bytes)
      await mustEnd(peer)
    },
  })),
  {
    name: 'five thousand commands in one PDU',
    async run(victim) {
      const peer = await associate(victim)
      peer.send(data(...Array.from({ length: 5000 }, (_, i) => value(1, 3, echoRequest(i + 1)))))
      for (let i = 0; i < 5000; i += 1) must((await statusOf(peer)) === 0, `echo ${i} was not answered`)
      await mustEcho(peer)
    },
  },
  ...[1, 2, 3].map((size) => ({
    name: `a command in values of ${size} byte${size > 1 ? 's' : ''}`,
    async run(victim: Parameters<FaultyCase['run']>[0]) {
      const peer = await associate(victim)
      peer.send(crumbs(1, 1, echoRequest(), size))
      must((await statusOf(peer)) === 0, 'the echo was not answered')
      await mustEcho(peer)
    },
  })),
  ...[1, 2].map((size) => ({
    name: `an image in values of ${size} byte${size > 1 ? 's' : ''}`,
    async run(victim: Parameters<FaultyCase['run']>[0]) {
      const peer = await associate(victim)
      const { sopInstanceUID, dataSet } = image(`crumbs-${size}`, 512)
      peer.send(commandPdu(ct.id, storeRequest(sopInstanceUID)))
      const bytes = crumbs(ct.id, 0, dataSet, size)
      for (let at = 0; at < bytes.length; at += 256 * 1024) {
        peer.send(bytes.subarray(at, at + 256 * 1024))
        await drained(peer)
      }
      must((await statusOf(peer, 20_000)) === 0, 'the image was not stored')
      await mustEcho(peer)
    },
  })),
  {
    name: 'command, data set and the next command in one PDU',
    async run(victim) {
      const peer = await associate(victim)
      const { sopInstanceUID, dataSet } = image('one-pdu')
      peer.send(
        data(
          value(ct.id, 3, storeRequest(sopInstanceUID)),
          value(ct.id, 2, dataSet),
          value(1, 3, echoRequest(2)),
          value(ct.id, 3, storeRequest(sopInstanceUID, 3)),
          value(ct.id, 0, dataSet.subarray(0, 100)),
          value(ct.id, 2, dataSet.subarray(100)),
        ),
      )
      for (let i = 0; i < 3; i += 1) must((await statusOf(peer)) === 0, `request ${i + 1} was not answered`)
      await mustEcho(peer)
    },
  },
  {
    name: 'a hundred thousand values without bytes, then the rest of the command',
    async run(victim) {
      const peer = await associate(victim)
      peer.send(data(...Array.from({ length: 100_000 }, () => value(1, 1, Buffer.alloc(0)))))
      peer.send(commandPdu(1, echoRequest()))
      must((await statusOf(peer)) === 0, 'the echo was not answered')
      await mustEcho(peer)
    },
  },
  {
    name: 'a PDU longer than we said that we take',
    async run(victim) {
      const peer = await associate(victim)
      const { sopInstanceUID, dataSet } = image('long-pdu', 512)
      peer.send(commandPdu(ct.id, storeRequest(sopInstanceUID)))
      peer.send(data(value(ct.id, 2, dataSet)))
      must((await statusOf(peer, 10_000)) === 0, 'the image was not stored')
      await mustEcho(peer)
    },
  },
  {
    name: 'a command that never gets its last value, byte after byte',
    async run(victim) {
      const peer = await associate(victim)
      for (let i = 0; i < 20; i += 1) {
        peer.send(data(value(1, 1, Buffer.alloc(1))))
        await pause(10)
      }
      peer.destroy()
    },
  },
  {
    name: 'a command of more than 64 KB',
    async run(victim) {
      const peer = await associate(victim)
      for (let i = 0; i < 9; i += 1) peer.send(data(value(1, 1, Buffer.alloc(8000))))
      await mustEnd(peer)
    },
  },
]
