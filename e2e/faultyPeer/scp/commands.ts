import { ascii, CT, ct, data, VERIFICATION, value } from '../bytes.ts'
import { commandPdu, commandSet, echoRequest, element, storeRequest, uid, us } from '../command.ts'
import { associate, type FaultyCase, failed, must, mustEcho, mustEnd, statusOf } from '../faultyCase.ts'
import { image } from '../image.ts'

const echoElements = [
  element(0x0002, uid(VERIFICATION)),
  element(0x0100, us(0x0030)),
  element(0x0110, us(5)),
  element(0x0800, us(0x0101)),
]
const bare = Buffer.concat(echoElements)
const groupLength = (length: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(length)
  return element(0x0000, bytes)
}

/** Not to be understood: A-ABORT. */
const garbage: [name: string, command: Buffer][] = [
  ['a thousand bytes of noise', Buffer.from(Array.from({ length: 1000 }, (_, i) => (i * 7919) & 0xff))],
  ['an empty command', Buffer.alloc(0)],
  ['no command field', commandSet(element(0x0110, us(1)))],
  ['no message ID', commandSet(element(0x0100, us(0x0030)), element(0x0800, us(0x0101)))],
  ['an element longer than the command', Buffer.concat([bare, element(0x1000, Buffer.alloc(4), 5000)])],
  ['an element of 4 GB', Buffer.concat([bare, element(0x1000, Buffer.alloc(4), 0xffffffff)])],
  ['an element of group 0008', Buffer.concat([bare, element(0x0018, uid('1.2.3'), 6, 0x0008)])],
  ['a command cut within an element', bare.subarray(0, bare.length - 3)],
  ['a command field of four bytes', commandSet(element(0x0100, Buffer.alloc(4)), element(0x0110, us(1)))],
  [
    'a response, though nothing was asked',
    commandSet(element(0x0100, us(0x8030)), element(0x0120, us(1)), element(0x0900, us(0))),
  ],
]

/** Unusual, yet clear: answered with success. */
const unusual: [name: string, command: Buffer][] = [
  ['no group length', bare],
  ['a group length of 0', Buffer.concat([groupLength(0), bare])],
  ['a group length of 4 GB', Buffer.concat([groupLength(0xffffffff), bare])],
  ['the elements backwards', Buffer.concat(echoElements.toReversed())],
  ['every element twice', Buffer.concat([bare, bare])],
  [
    'two thousand elements that nobody knows',
    Buffer.concat([bare, ...Array.from({ length: 2000 }, (_, i) => element(0x2000 + i, Buffer.alloc(8)))]),
  ],
  [
    'message ID 0',
    commandSet(
      element(0x0002, uid(VERIFICATION)),
      element(0x0100, us(0x0030)),
      element(0x0110, us(0)),
      element(0x0800, us(0x0101)),
    ),
  ],
]

const hostileUIDs = [
  '../../../../tmp/negatoscope-pwned',
  '/etc/passwd',
  'C:\\x',
  '1.2.3\0/../x',
  '',
  '.',
  '..',
  '1'.repeat(65),
  '1'.repeat(5000),
  `1.${' '.repeat(60_000)}2`,
  '<script>alert(1)</script>',
  '%2e%2e%2f',
]

export const commands: FaultyCase[] = [
  ...garbage.map(([name, command]) => ({
    name: `command: ${name}`,
    async run(victim: Parameters<FaultyCase['run']>[0]) {
      const peer = await associate(victim)
      peer.send(commandPdu(1, command))
      await mustEnd(peer)
    },
  })),
  ...unusual.map(([name, command]) => ({
    name: `command: ${name}`,
    async run(victim: Parameters<FaultyCase['run']>[0]) {
      const peer = await associate(victim)
      for (const part of [
        data(value(1, 1, command.subarray(0, 9000))),
        data(value(1, 1, command.subarray(9000, 18_000))),
      ])
        peer.send(part)
      peer.send(data(value(1, 3, command.subarray(18_000))))
      must((await statusOf(peer)) === 0, 'it was not answered with success')
      await mustEcho(peer)
    },
  })),
  ...[0x0001, 0x0010, 0x0020, 0x0021, 0x0100, 0x0110, 0x0120, 0x0130, 0x0140, 0x0150, 0x1234, 0x7fff].map((field) => ({
    name: `operation ${field.toString(16).padStart(4, '0')} where it does not belong`,
    async run(victim: Parameters<FaultyCase['run']>[0]) {
      const peer = await associate(victim)
      peer.send(
        commandPdu(
          1,
          commandSet(
            element(0x0002, uid(VERIFICATION)),
            element(0x0100, us(field)),
            element(0x0110, us(9)),
            element(0x0800, us(0x0101)),
          ),
        ),
      )
      must((await statusOf(peer)) === 0x0211, 'it was not answered by 0211')
      await mustEcho(peer)
    },
  })),
  {
    name: 'twenty thousand cancels of nothing',
    async run(victim) {
      const peer = await associate(victim)
      const cancel = commandPdu(
        1,
        commandSet(element(0x0100, us(0x0fff)), element(0x0120, us(7)), element(0x0800, us(0x0101))),
      )
      peer.send(Buffer.concat(Array.from({ length: 20_000 }, () => cancel)))
      await mustEcho(peer)
    },
  },
  {
    name: 'an echo that says that a data set follows, and the data set',
    async run(victim) {
      const peer = await associate(victim)
      peer.send(commandPdu(1, echoRequest(3, 0x0001)))
      peer.send(data(value(1, 0, Buffer.alloc(8000)), value(1, 2, Buffer.alloc(8000))))
      must((await statusOf(peer)) === 0, 'it was not answered')
      await mustEcho(peer)
    },
  },
  {
    name: 'a store that says that no data set follows',
    async run(victim) {
      const peer = await associate(victim)
      const command = commandSet(
        element(0x0002, uid(CT)),
        element(0x0100, us(1)),
        element(0x0110, us(1)),
        element(0x0800, us(0x0101)),
        element(0x1000, uid('1.2.3')),
      )
      peer.send(commandPdu(ct.id, command))
      must(failed(await statusOf(peer)), 'it was not refused')
      await mustEcho(peer)
    },
  },
  {
    name: 'a store of another SOP class than its context',
    async run(victim) {
      const peer = await associate(victim)
      peer.send(commandPdu(ct.id, storeRequest('1.2.3', 1, '1.2.840.10008.5.1.4.1.1.4')))
      peer.send(data(value(ct.id, 2, image('another-class').dataSet)))
      must((await statusOf(peer)) === 0x0122, 'it was not answered by 0122')
      await mustEcho(peer)
    },
  },
  {
    name: 'hostile SOP Instance UIDs in the command',
    async run(victim) {
      for (const hostile of hostileUIDs) {
        const peer = await associate(victim)
        const { dataSet } = image('hostile-command')
        const command = commandSet(
          element(0x0002, uid(CT)),
          element(0x0100, us(1)),
          element(0x0110, us(1)),
          element(0x0800, us(1)),
          element(0x1000, ascii(hostile)),
        )
        for (let at = 0; at < command.length; at += 8000)
          peer.send(data(value(ct.id, at + 8000 >= command.length ? 3 : 1, command.subarray(at, at + 8000))))
        peer.send(data(value(ct.id, 2, dataSet)))
        const status = await statusOf(peer)
        must(status !== undefined && status !== 0, `${hostile.slice(0, 40)} was answered by ${status}`)
        await mustEcho(peer)
      }
    },
  },
]
