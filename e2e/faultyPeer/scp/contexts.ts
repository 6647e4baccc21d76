import {
  ascii,
  EXPLICIT,
  IMPLICIT,
  item,
  type Proposed,
  pdu,
  type RequestOptions,
  request,
  requestBody,
  uint16,
  VERIFICATION,
  verification,
} from '../bytes.ts'
import { commandPdu, echoRequest } from '../command.ts'
import { associate, dialAndSend, type FaultyCase, must, mustEcho, mustEnd } from '../faultyCase.ts'

const context = (id: number): Proposed => ({ ...verification, id })
const ids = (count: number, from = 1): Proposed[] =>
  Array.from({ length: count }, (_, i) => context((from + i * 2) % 256))
const role = item(0x54, uint16(VERIFICATION.length), ascii(VERIFICATION), Buffer.from([1, 1]))

/** Strange, yet to be answered: the association works afterwards. */
const odd: [name: string, options: RequestOptions, contextId?: number][] = [
  ['128 contexts', { contexts: ids(128) }, 255],
  ['contexts out of order', { contexts: [context(5), context(1), context(3)] }, 3],
  ['peer maximum PDU 0', { maxPduLength: 0 }],
  ['peer maximum PDU 1', { maxPduLength: 1 }],
  ['peer maximum PDU 6', { maxPduLength: 6 }],
  ['peer maximum PDU 7', { maxPduLength: 7 }],
  ['peer maximum PDU 2^32-1', { maxPduLength: 0xffffffff }],
  [
    'fifty transfer syntaxes that nobody knows before the one that is known',
    {
      contexts: [
        {
          ...verification,
          transferSyntaxes: [...Array.from({ length: 50 }, (_, i) => `1.2.3.${i}`), IMPLICIT, EXPLICIT],
        },
      ],
    },
  ],
  ['2,400 role selections', { user: Array.from({ length: 2400 }, () => role) }],
  ['a user identity of 64 KB', { more: [item(0x50, item(0x58, Buffer.alloc(65_000)))] }],
  ['items that do not exist', { more: Array.from({ length: 500 }, (_, i) => item(0x60 + (i % 90), Buffer.alloc(50))) }],
  ['an implementation version name of 60 KB', { user: [item(0x55, Buffer.alloc(60_000, 'x'))] }],
]

/** To be refused, by A-ABORT or A-ASSOCIATE-RJ. */
const refused: [name: string, options: RequestOptions, type: 3 | 7][] = [
  ['129 contexts, so that IDs repeat', { contexts: ids(129) }, 7],
  ['a context ID proposed twice', { contexts: [context(1), context(1)] }, 7],
  ['an even context ID', { contexts: [context(2)] }, 7],
  ['context ID 0', { contexts: [context(0)] }, 7],
  ['another application context', { applicationContext: '1.2.3.4' }, 3],
  ['no application context', { applicationContext: '' }, 3],
  ['protocol version 0', { protocolVersion: 0 }, 3],
  ['protocol version 2 alone', { protocolVersion: 2 }, 3],
  ['a calling AE title of control characters', { callingAETitle: '\x01\x02\x1b[2J' }, 3],
  ['a calling AE title of spaces', { callingAETitle: '' }, 3],
  ['a calling AE title with a path', { callingAETitle: '..\\..\\x' }, 3],
  ['a maximum length item of two bytes', { more: [item(0x50, item(0x51, Buffer.alloc(2)))] }, 7],
  ['a role selection longer than its item', { user: [item(0x54, uint16(5000), ascii('1.2'))] }, 7],
]

export const contexts: FaultyCase[] = [
  ...odd.map(([name, options, contextId = 1]) => ({
    name,
    async run(victim: Parameters<FaultyCase['run']>[0]) {
      await mustEcho(await associate(victim, options), contextId)
    },
  })),
  ...refused.map(([name, options, type]) => ({
    name,
    async run(victim: Parameters<FaultyCase['run']>[0]) {
      const peer = await dialAndSend(victim, request(options))
      const answer = await peer.next()
      must(answer?.type === type, `PDU ${answer?.type} came instead of ${type}`)
      peer.destroy()
    },
  })),
  {
    name: 'no contexts at all',
    async run(victim) {
      const peer = await associate(victim, { contexts: [] })
      peer.send(commandPdu(1, echoRequest()))
      await mustEnd(peer)
    },
  },
  {
    name: 'contexts of classes and syntaxes that are no UIDs',
    async run(victim) {
      const contexts = [
        { id: 1, abstractSyntax: '../../../etc/passwd', transferSyntaxes: ['$(id)', '\0\0\0'] },
        { id: 3, abstractSyntax: 'x'.repeat(60_000), transferSyntaxes: [''] },
        { id: 5, abstractSyntax: '', transferSyntaxes: [] },
        { ...verification, id: 7 },
      ]
      await mustEcho(await associate(victim, { contexts }), 7)
    },
  },
  {
    name: 'seven UIDs of 65,000 spaces in one request',
    async run(victim) {
      const spaces = item(0x10, ascii(`${' '.repeat(65_000)}1`))
      const peer = await dialAndSend(victim, request({ more: Array.from({ length: 7 }, () => spaces) }))
      must((await peer.next(10_000)) !== undefined, 'no answer came')
      peer.destroy()
    },
  },
  {
    name: 'a request of 512 KB in contexts of eight bytes',
    async run(victim) {
      const tiny = item(0x20, Buffer.from([1, 0, 0, 0]))
      const peer = await dialAndSend(
        victim,
        pdu(1, Buffer.concat([requestBody(), ...Array.from({ length: 60_000 }, () => tiny)])),
      )
      await mustEnd(peer)
    },
  },
  {
    name: 'an item within an item within an item that is longer than all of them',
    run: async (victim) =>
      mustEnd(
        await dialAndSend(victim, request({ more: [item(0x20, Buffer.from([9, 0, 0, 0, 0x30, 0, 0xff, 0xff]))] })),
      ),
  },
]
