import type { ScriptedPeer } from '#electron/dicom/testing/scriptedPeer.ts'
import { crumbs, EXPLICIT, type Proposed, verification } from '../bytes.ts'
import { commandPdu, commandSet, element, uid, us } from '../command.ts'
import { associate, drained, type FaultyCase, must, mustEcho, pause, statusOf, type Victim } from '../faultyCase.ts'
import { long, short } from './elements.ts'

const PUSH = '1.2.840.10008.1.20.1'
const WELL_KNOWN = '1.2.840.10008.1.20.1.1'
const commitment: Proposed = { id: 21, abstractSyntax: PUSH, transferSyntaxes: [EXPLICIT] }

interface Action {
  field?: number
  instance?: string
  type?: number
}

function message({ field = 0x0130, instance = WELL_KNOWN, type = 1 }: Action): Buffer {
  const isAction = field === 0x0130
  return commandSet(
    element(isAction ? 0x0003 : 0x0002, uid(PUSH)),
    element(0x0100, us(field)),
    element(0x0110, us(1)),
    element(0x0800, us(1)),
    element(isAction ? 0x1001 : 0x1000, uid(instance)),
    element(isAction ? 0x1008 : 0x1002, us(type)),
  )
}

const transaction = short(0x0008, 0x1195, 'UI', uid('1.2.3.4.5'))
const reference = (index: number): Buffer => {
  const body = Buffer.concat([
    short(0x0008, 0x1150, 'UI', uid('1.2.840.10008.5.1.4.1.1.2')),
    short(0x0008, 0x1155, 'UI', uid(`1.2.3.4.${index}`)),
  ])
  const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0])
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}
const references = (count: number): Buffer =>
  long(0x0008, 0x1199, 'SQ', Buffer.concat(Array.from({ length: count }, (_, index) => reference(index))))

const refused: [name: string, action: Action, dataSet: Buffer][] = [
  ['a request of noise', {}, Buffer.alloc(500, 0xa5)],
  ['a request of another instance', { instance: '../../x' }, Buffer.concat([transaction, references(1)])],
  ['a request of an action that does not exist', { type: 999 }, Buffer.concat([transaction, references(1)])],
  ['a request without transaction', {}, references(1)],
  [
    'a request with a path as transaction',
    {},
    Buffer.concat([short(0x0008, 0x1195, 'UI', uid('../../x')), references(1)]),
  ],
  ['a request that names nothing', {}, transaction],
  [
    'a request with a sequence of 4 GB',
    {},
    Buffer.concat([transaction, long(0x0008, 0x1199, 'SQ', reference(1), 0xfffffff0)]),
  ],
  ['a report of a transaction that we never began', { field: 0x0100 }, Buffer.concat([transaction, references(3)])],
  [
    'a report of an event that does not exist',
    { field: 0x0100, type: 77 },
    Buffer.concat([transaction, references(3)]),
  ],
  ['a request of 9 MB', {}, Buffer.concat([transaction, long(0x0021, 0x1001, 'OB', Buffer.alloc(9 * 1024 * 1024))])],
]

async function ask(victim: Victim, action: Action, dataSet: Buffer): Promise<ScriptedPeer> {
  const peer = await associate(victim, { contexts: [verification, commitment] })
  peer.send(commandPdu(commitment.id, message(action)))
  peer.send(crumbs(commitment.id, 0, dataSet, 16_000))
  await drained(peer)
  return peer
}

export const commitments: FaultyCase[] = [
  ...refused.map(([name, action, dataSet]) => ({
    name: `commitment: ${name}`,
    async run(victim: Victim) {
      const peer = await ask(victim, action, dataSet)
      const status = await statusOf(peer, 10_000)
      must(status !== undefined && status !== 0, `it was answered by ${status?.toString(16)}`)
      await mustEcho(peer)
    },
  })),
  {
    name: 'commitment: a request of 60,000 instances',
    async run(victim) {
      const peer = await ask(victim, {}, Buffer.concat([transaction, references(60_000)]))
      must((await statusOf(peer, 20_000)) !== undefined, 'it was not answered')
      peer.destroy()
      await pause(500)
    },
  },
  {
    name: 'commitment: a peer that asks and never answers our report',
    async run(victim) {
      const peer = await ask(victim, {}, Buffer.concat([short(0x0008, 0x1195, 'UI', uid('1.2.3.4.6')), references(2)]))
      must((await statusOf(peer)) === 0, 'the request was not taken')
      await peer.next(3000)
      peer.destroy()
    },
  },
]
