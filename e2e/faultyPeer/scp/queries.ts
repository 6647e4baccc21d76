import { nestedSequences } from '#electron/demo/hostile.ts'
import type { ScriptedPeer } from '#electron/dicom/testing/scriptedPeer.ts'
import { parsePart10 } from '../../workstation/storedFiles.ts'
import { ascii, CT, crumbs, data, EXPLICIT, item, type Proposed, uint16, value, verification } from '../bytes.ts'
import { commandPdu, commandSet, element, readCommand, response, uid, us } from '../command.ts'
import {
  associate,
  drained,
  type FaultyCase,
  must,
  mustEcho,
  mustEnd,
  pause,
  statusOf,
  type Victim,
} from '../faultyCase.ts'
import { long, short } from './elements.ts'

const ROOT = '1.2.840.10008.5.1.4.1.2.2'
const STUDY_OF_OURS = '1.2.826.0.1.3680043.10.1447.8.1'
const operations = [
  { name: 'C-FIND', id: 11, field: 0x0020, abstractSyntax: `${ROOT}.1` },
  { name: 'C-MOVE', id: 13, field: 0x0021, abstractSyntax: `${ROOT}.2` },
  { name: 'C-GET', id: 15, field: 0x0010, abstractSyntax: `${ROOT}.3` },
] as const
type QueryOperation = (typeof operations)[number]
const storage: Proposed = { id: 17, abstractSyntax: CT, transferSyntaxes: [EXPLICIT] }
const role = item(0x54, uint16(CT.length), ascii(CT), Buffer.from([0, 1]))

function open(victim: Victim): Promise<ScriptedPeer> {
  const asked = operations.map(({ id, abstractSyntax }) => ({ id, abstractSyntax, transferSyntaxes: [EXPLICIT] }))
  return associate(victim, { contexts: [verification, ...asked, storage], user: [role] })
}

function request({ abstractSyntax, field }: QueryOperation, messageId = 1, destination = 'NOWHERE'): Buffer {
  return commandSet(
    element(0x0002, uid(abstractSyntax)),
    element(0x0100, us(field)),
    element(0x0110, us(messageId)),
    ...(field === 0x0021 ? [element(0x0600, ascii(destination))] : []),
    element(0x0700, us(0)),
    element(0x0800, us(1)),
  )
}

const level = (text: string) => short(0x0008, 0x0052, 'CS', ascii(text))
const study = Buffer.concat([level('STUDY '), short(0x0020, 0x000d, 'UI', uid(STUDY_OF_OURS))])
const name = (text: string) => Buffer.concat([level('STUDY '), short(0x0010, 0x0010, 'PN', ascii(text))])

const identifiers: [name: string, identifier: Buffer][] = [
  ['of noise', Buffer.alloc(500, 0xa5)],
  ['of nothing', Buffer.alloc(0)],
  ['cut within an element', study.subarray(0, 13)],
  ['without a level', study.subarray(level('STUDY ').length)],
  ['of a level that does not exist', level('GALAXY')],
  ['of 20,000 nested sequences', parsePart10(Buffer.from(nestedSequences())).dataSet as Buffer],
  ['with a value of 4 GB', Buffer.concat([level('STUDY '), long(0x0020, 0x000d, 'UN', Buffer.alloc(10), 0xfffffff0)])],
  [
    'with a UID of 900,000 spaces',
    Buffer.concat([level('STUDY '), long(0x0020, 0x000d, 'UN', Buffer.alloc(900_000, ' ')), Buffer.from('1 ')]),
  ],
  [
    'with a list of 60,000 UIDs',
    Buffer.concat([level('STUDY '), long(0x0020, 0x000d, 'UN', ascii('1.2.3.4.5.6.7\\'.repeat(60_000)))]),
  ],
  ['with stars and letters in turn', name(`${'*a'.repeat(30)}*b`)],
  ['with a name of 60,000 stars', name('*'.repeat(60_000))],
  ['with a list of 30,000 names', name('a\\'.repeat(30_000))],
  ['with a path as UID', Buffer.concat([level('STUDY '), short(0x0020, 0x000d, 'UI', ascii('../../../etc'))])],
  ['with SQL as name', name("x' OR 1=1; DROP TABLE studies; --")],
  [
    'with a range of dates that is none',
    Buffer.concat([level('STUDY '), short(0x0008, 0x0020, 'DA', ascii('--2026-99999999- '))]),
  ],
  [
    'with 15,000 private keys',
    Buffer.concat([
      level('STUDY '),
      ...Array.from({ length: 15_000 }, (_, i) => short(0x0009, i, 'LO', Buffer.alloc(0))),
    ]),
  ],
  [
    'with a character set that does not exist',
    Buffer.concat([short(0x0008, 0x0005, 'CS', ascii('ISO 2022 IR 999\\x')), study]),
  ],
]

/** Reads responses up to the final one; answers what comes between by itself. Its status, or undefined when the association ended. */
async function finalStatus(peer: ScriptedPeer): Promise<number | undefined> {
  for (;;) {
    const pdu = await peer.next(15_000)
    if (pdu?.type !== 4) return undefined
    if ((pdu.body.readUInt8(5) & 1) === 0) continue
    const command = readCommand(pdu.body.subarray(6))
    const field = command.get(0x0100)?.readUInt16LE() ?? 0
    const status = command.get(0x0900)?.readUInt16LE()
    if (field >= 0x8000 && status !== undefined && (status & 0xff00) !== 0xff00) return status
    if (field === 0x0001) storeAnswer(peer, pdu.body.readUInt8(4), command.get(0x0110)?.readUInt16LE() ?? 0)
  }
}

function storeAnswer(peer: ScriptedPeer, contextId: number, messageId: number): void {
  peer.send(commandPdu(contextId, response({ field: 0x8001, messageId, status: 0xa700 })))
}

async function ask(peer: ScriptedPeer, operation: QueryOperation, identifier: Buffer, messageId = 1): Promise<void> {
  peer.send(commandPdu(operation.id, request(operation, messageId)))
  peer.send(
    identifier.length === 0 ? data(value(operation.id, 2, identifier)) : crumbs(operation.id, 0, identifier, 16_000),
  )
  await drained(peer)
}

const get = operations[2]
const find = operations[0]

/** A peer that behaves until an image of its C-GET comes, and then this. */
const whenImageComes = (what: string, act: (peer: ScriptedPeer, messageId: number) => void): FaultyCase => ({
  name: `C-GET: at its first image, the peer ${what}`,
  async run(victim) {
    const peer = await open(victim)
    await ask(peer, get, study)
    const pdu = await peer.next()
    must(pdu?.type === 4, 'no image came')
    act(peer, readCommand(pdu.body.subarray(6)).get(0x0110)?.readUInt16LE() ?? 0)
    await mustEnd(peer, 'either')
  },
})

export const queries: FaultyCase[] = [
  ...operations.flatMap((operation) =>
    identifiers.map(([words, identifier]) => ({
      name: `${operation.name}: an identifier ${words}`,
      async run(victim: Victim) {
        const peer = await open(victim)
        await ask(peer, operation, identifier)
        must((await finalStatus(peer)) !== undefined, 'it was not answered')
        await mustEcho(peer)
      },
    })),
  ),
  ...operations.map((operation) => ({
    name: `${operation.name}: an identifier of 3 MB`,
    async run(victim: Victim) {
      const peer = await open(victim)
      await ask(peer, operation, Buffer.concat([study, long(0x0021, 0x1001, 'OB', Buffer.alloc(3 * 1024 * 1024))]))
      await finalStatus(peer)
      peer.destroy()
    },
  })),
  {
    name: 'C-MOVE: destinations that are paths, spaces and 60 KB long',
    async run(victim) {
      for (const destination of ['../../../etc ', '                ', 'NEGATOSCOPE', '\x00\x01', 'x'.repeat(60_000)]) {
        const peer = await open(victim)
        peer.send(crumbs(13, 1, request(operations[1], 1, destination), 10_000))
        peer.send(crumbs(13, 0, study, 16_000))
        const status = await finalStatus(peer)
        must(status !== undefined && status !== 0, `${destination.slice(0, 20)} was answered by ${status}`)
        peer.destroy()
      }
    },
  },
  {
    name: 'C-FIND: two hundred in one go',
    async run(victim) {
      const peer = await open(victim)
      for (let i = 1; i <= 200; i += 1) await ask(peer, find, study, i)
      for (let i = 1; i <= 200; i += 1) must((await finalStatus(peer)) === 0, `query ${i} was not answered`)
      await mustEcho(peer)
    },
  },
  {
    name: 'C-FIND: asked and cancelled a thousand times',
    async run(victim) {
      const peer = await open(victim)
      for (let i = 1; i <= 1000; i += 1) {
        await ask(peer, find, study, i)
        peer.send(
          commandPdu(
            find.id,
            commandSet(element(0x0100, us(0x0fff)), element(0x0120, us(i)), element(0x0800, us(0x0101))),
          ),
        )
      }
      for (let i = 1; i <= 1000; i += 1) must((await finalStatus(peer)) !== undefined, `query ${i} was not answered`)
      await mustEcho(peer)
    },
  },
  {
    name: 'C-FIND: fifty associations ask and go away',
    async run(victim) {
      const peers = await Promise.all(Array.from({ length: 40 }, () => open(victim)))
      await Promise.all(peers.map((peer) => ask(peer, find, level('IMAGE '))))
      for (const peer of peers) peer.socket.resetAndDestroy()
      await pause(200)
    },
  },
  whenImageComes('aborts', (peer) => peer.send(Buffer.from([7, 0, 0, 0, 0, 4, 0, 0, 0, 0]))),
  whenImageComes('hangs up', (peer) => peer.destroy()),
  whenImageComes('says nothing', () => {}),
  whenImageComes('answers another message ID', (peer, messageId) => storeAnswer(peer, storage.id, messageId + 1)),
  whenImageComes('answers in another context', (peer, messageId) => storeAnswer(peer, verification.id, messageId)),
  whenImageComes('answers by noise', (peer) => peer.send(commandPdu(storage.id, Buffer.alloc(300, 0xa5)))),
  whenImageComes('asks for a release', (peer) => peer.send(Buffer.from([5, 0, 0, 0, 0, 4, 0, 0, 0, 0]))),
  {
    name: 'C-GET: an answer to a store that was never sent',
    async run(victim) {
      const peer = await open(victim)
      storeAnswer(peer, storage.id, 1)
      await mustEnd(peer)
    },
  },
  {
    name: 'C-GET: without the role of an SCP',
    async run(victim) {
      const asked = { id: get.id, abstractSyntax: get.abstractSyntax, transferSyntaxes: [EXPLICIT] }
      const peer = await associate(victim, { contexts: [verification, asked, storage] })
      await ask(peer, get, study)
      const status = await statusOf(peer)
      must(status !== undefined && status !== 0, `it was answered by ${status}`)
      peer.destroy()
    },
  },
]
