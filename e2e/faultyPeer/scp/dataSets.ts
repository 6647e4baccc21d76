import { deflateBomb, nestedSequences } from '#electron/demo/hostile.ts'
import { parsePart10 } from '../../workstation/storedFiles.ts'
import { CT, ct, data, EXPLICIT, type Proposed, value, verification } from '../bytes.ts'
import { commandPdu, storeRequest } from '../command.ts'
import { associate, drained, type FaultyCase, must, mustEcho, statusOf, type Victim } from '../faultyCase.ts'
import { image } from '../image.ts'
import { long } from './elements.ts'

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7'
const DEFLATED = '1.2.840.10008.1.2.1.99'
const captures: Proposed = { id: 5, abstractSyntax: SECONDARY_CAPTURE, transferSyntaxes: [EXPLICIT] }
const deflated: Proposed = { id: 7, abstractSyntax: SECONDARY_CAPTURE, transferSyntaxes: [DEFLATED] }

interface HostileObject {
  context: Proposed
  sopInstanceUID: string
  dataSet: Buffer
  /** Whether the answer may be success; it must come in any case. */
  mayBeStored?: boolean
}

const ctObject = (name: string, spoil: (dataSet: Buffer) => Buffer, mayBeStored = false): HostileObject => {
  const { sopInstanceUID, dataSet } = image(name)
  return { context: ct, sopInstanceUID, dataSet: spoil(dataSet), mayBeStored }
}
const withHeader = (name: string, more: Parameters<typeof image>[2], mayBeStored = true): HostileObject => ({
  context: ct,
  ...image(name, 64, more),
  mayBeStored,
})
/** Ahead of everything: group 0008 comes first in each of our images, so this is out of order, too. */
const before = (bytes: Buffer) => (dataSet: Buffer) => Buffer.concat([bytes, dataSet])

const hostile: [name: string, make: () => HostileObject | Promise<HostileObject>][] = [
  ['noise', () => ctObject('noise', ({ length }) => Buffer.alloc(length, 0xa5))],
  ['zeros', () => ctObject('zeros', ({ length }) => Buffer.alloc(length))],
  ['two bytes', () => ctObject('two', () => Buffer.alloc(2))],
  ['nothing but a last value without bytes', () => ctObject('none', () => Buffer.alloc(0))],
  ['half of it', () => ctObject('half', (whole) => whole.subarray(0, whole.length / 2), true)],
  ['cut within its header', () => ctObject('cut', (whole) => whole.subarray(0, 150))],
  ['an odd byte at its end', () => ctObject('odd', (whole) => Buffer.concat([whole, Buffer.alloc(1)]), true)],
  [
    '20,000 nested sequences',
    () => ({
      context: captures,
      sopInstanceUID: '1.2.3.41',
      dataSet: parsePart10(Buffer.from(nestedSequences())).dataSet as Buffer,
    }),
  ],
  [
    '20,000 nested sequences without an end',
    () => ({
      context: captures,
      sopInstanceUID: '1.2.3.42',
      dataSet: parsePart10(Buffer.from(nestedSequences(20_000, true))).dataSet as Buffer,
    }),
  ],
  [
    'a deflated bomb of 1 GB',
    async () => ({
      context: deflated,
      sopInstanceUID: '1.2.3.43',
      dataSet: parsePart10(Buffer.from(await deflateBomb())).dataSet as Buffer,
    }),
  ],
  [
    'noise that should be deflated',
    () => ({ context: deflated, sopInstanceUID: '1.2.3.44', dataSet: Buffer.alloc(20_000, 0x5a) }),
  ],
  [
    'a value of 4 GB less two at its beginning',
    () => ctObject('4gb', before(long(0x0004, 0x1220, 'OB', Buffer.alloc(10), 0xfffffffe))),
  ],
  ['a sequence of 4 GB', () => ctObject('sq4gb', before(long(0x0004, 0x1220, 'SQ', Buffer.alloc(10), 0xfffffff0)))],
  [
    'an undefined length where none may be',
    () => ctObject('undefined', before(long(0x0004, 0x1220, 'UT', Buffer.alloc(10), 0xffffffff)), true),
  ],
  [
    'pixel data longer than what came',
    () => ctObject('pixels', (whole) => whole.subarray(0, whole.length - 1000), true),
  ],
  [
    '40,000 sequences without items',
    () =>
      ctObject(
        'sequences',
        before(Buffer.concat(Array.from({ length: 40_000 }, (_, i) => long(0x0007, i, 'SQ', Buffer.alloc(0))))),
        true,
      ),
  ],
  [
    '300,000 elements',
    () =>
      ctObject(
        'elements',
        before(
          Buffer.concat(
            Array.from({ length: 300_000 }, (_, i) => long(0x0005 + 2 * (i >> 16), i & 0xffff, 'OB', Buffer.alloc(2))),
          ),
        ),
        true,
      ),
  ],
  [
    'a private value of 40 MB before the pixels',
    () => ctObject('private', before(long(0x0005, 0x1001, 'OB', Buffer.alloc(40 * 1024 * 1024))), true),
  ],
  [
    'another UID in the data than in the command',
    () => ({ ...ctObject('one', (whole) => whole), sopInstanceUID: '1.2.3.45' }),
  ],
  ['another class in the data', () => withHeader('class', { SOPClassUID: SECONDARY_CAPTURE }, false)],
  [
    'a path as UID, in command and data',
    () => ({ ...withHeader('path', { SOPInstanceUID: '../../x' }, false), sopInstanceUID: '../../x' }),
  ],
  [
    'paths as study and series UID',
    () => withHeader('study-path', { StudyInstanceUID: '../../../tmp/x', SeriesInstanceUID: '/etc/x' }),
  ],
  ['a patient name of 60,000 equals signs', () => withHeader('equals', { PatientName: `${'='.repeat(60_000)}x` })],
  [
    'a character set of noise',
    () => withHeader('set', { SpecificCharacterSet: '\\\\ISO 2022 IR 999\\x', PatientName: '\x1b$B\x1b(B\x1b)I\xff' }),
  ],
  [
    '100,000 values in one element',
    () => withHeader('values', { ImageType: Array.from({ length: 8000 }, () => 'A').join('\\') }),
  ],
  [
    'rows of 65,535 over 8 KB of pixels',
    () => withHeader('rows', { Rows: 65_535, Columns: 65_535, NumberOfFrames: '2147483647' }),
  ],
]

async function store(victim: Victim, { context, sopInstanceUID, dataSet, mayBeStored = false }: HostileObject) {
  const peer = await associate(victim, { contexts: [verification, context] })
  peer.send(
    commandPdu(context.id, storeRequest(sopInstanceUID, 1, context.abstractSyntax === CT ? CT : SECONDARY_CAPTURE)),
  )
  const step = 100_000
  for (let at = 0; at === 0 || at < dataSet.length; at += step) {
    const last = at + step >= dataSet.length ? 2 : 0
    peer.send(data(value(context.id, last, dataSet.subarray(at, at + step))))
    await drained(peer)
  }
  const status = await statusOf(peer, 20_000)
  must(status !== undefined, 'no answer came')
  must(mayBeStored || status !== 0, 'it was stored')
  await mustEcho(peer)
}

export const dataSets: FaultyCase[] = hostile.map(([name, make]) => ({
  name: `data set: ${name}`,
  run: async (victim) => store(victim, await make()),
}))
