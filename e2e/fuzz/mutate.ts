import type { Random } from './random.ts'

const NUMBERS = [
  0, 1, 2, 4, 6, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe,
  0xffffffff,
]
const LONGEST = 200_000

/** Sets the PDU's length to what is there. */
function measured(pdu: Buffer): Buffer {
  if (pdu.length >= 6) pdu.writeUInt32BE(pdu.length - 6, 2)
  return pdu
}

function write(pdu: Buffer, at: number, size: number, value: number, little: boolean): void {
  const number = size === 4 ? value >>> 0 : size === 2 ? value & 0xffff : value & 0xff
  if (at + size > pdu.length) return
  if (little) pdu.writeUIntLE(number, at, size)
  else pdu.writeUIntBE(number, at, size)
}

/** Where something is that says how long something else is: PDU, values, items, elements of a command. */
function lengthsIn(pdu: Buffer): { at: number; size: number; little: boolean }[] {
  const found = [{ at: 2, size: 4, little: false }]
  const type = pdu[0]
  if (type === 4) {
    for (let at = 6; at + 6 <= pdu.length; at += 4 + pdu.readUInt32BE(at)) {
      found.push({ at, size: 4, little: false })
      if ((pdu.readUInt8(at + 5) & 1) === 0) continue
      const end = Math.min(pdu.length, at + 4 + pdu.readUInt32BE(at))
      for (let inner = at + 6; inner + 8 <= end; inner += 8 + pdu.readUInt32LE(inner + 4))
        found.push({ at: inner + 4, size: 4, little: true })
    }
  } else if (type === 1 || type === 2) {
    for (let at = 74; at + 4 <= pdu.length; at += 4 + pdu.readUInt16BE(at + 2))
      found.push({ at: at + 2, size: 2, little: false })
  }
  return found
}

type Mutation = (pdu: Buffer, random: Random, others: readonly Buffer[]) => Buffer[]

const place = (pdu: Buffer, random: Random) => random.below(Math.max(1, pdu.length))
const slice = (pdu: Buffer, random: Random) => {
  const start = place(pdu, random)
  return [start, start + random.below(Math.min(64, pdu.length - start) + 1)] as const
}

const mutations: Mutation[] = [
  function bit(pdu, random) {
    const at = place(pdu, random)
    pdu[at] = (pdu[at] ?? 0) ^ (1 << random.below(8))
    return [pdu]
  },
  function byte(pdu, random) {
    pdu[place(pdu, random)] = random.below(256)
    return [pdu]
  },
  function number(pdu, random) {
    write(pdu, place(pdu, random), random.pick([1, 2, 4]), random.pick(NUMBERS), random.once(2))
    return [pdu]
  },
  function length(pdu, random) {
    const { at, size, little } = random.pick(lengthsIn(pdu))
    if (at + size > pdu.length) return [pdu]
    const now = little ? pdu.readUIntLE(at, size) : pdu.readUIntBE(at, size)
    write(pdu, at, size, random.once(2) ? now + random.pick([-2, -1, 1, 2]) : random.pick(NUMBERS), little)
    return [pdu]
  },
  (pdu, random) => [Buffer.from(pdu.subarray(0, place(pdu, random)))],
  (pdu, random) => [measured(Buffer.from(pdu.subarray(0, Math.max(6, place(pdu, random)))))],
  function insert(pdu, random) {
    const at = place(pdu, random)
    return [measured(Buffer.concat([pdu.subarray(0, at), random.bytes(1 + random.below(40)), pdu.subarray(at)]))]
  },
  function remove(pdu, random) {
    const [start, end] = slice(pdu, random)
    const rest = Buffer.concat([pdu.subarray(0, start), pdu.subarray(end)])
    return [random.once(2) ? measured(rest) : rest]
  },
  function repeat(pdu, random) {
    const [start, end] = slice(pdu, random)
    const times = random.pick([2, 3, 50, 1000])
    const many = Array.from({ length: times }, () => pdu.subarray(start, end))
    return [measured(Buffer.concat([pdu.subarray(0, end), ...many, pdu.subarray(end)]).subarray(0, LONGEST))]
  },
  function fill(pdu, random) {
    const at = place(pdu, random)
    const filling = Buffer.alloc(random.pick([16, 1000, 60_000]), random.pick([0, 0x20, 0x2e, 0x3d, 0x5c, 0xff]))
    return [measured(Buffer.concat([pdu.subarray(0, at), filling, pdu.subarray(at)]))]
  },
  function longValue(pdu, random) {
    // A text in an item or element grows, and everything that holds it says so: deep parsers are reached, too.
    const inner = lengthsIn(pdu).filter(({ at }) => at > 2)
    if (inner.length === 0) return [pdu]
    const { at, size, little } = random.pick(inner)
    const filling = Buffer.alloc(random.pick([2, 64, 5000, 60_000]), random.pick([0, 0x20, 0x31, 0x3d]))
    const now = little ? pdu.readUIntLE(at, size) : pdu.readUIntBE(at, size)
    const grown = Buffer.concat([pdu.subarray(0, at + size), filling, pdu.subarray(at + size)])
    write(grown, at, size, now + filling.length, little)
    if (pdu[0] === 4 && at > 6) grown.writeUInt32BE((grown.readUInt32BE(6) + filling.length) >>> 0, 6)
    return [measured(grown)]
  },
  function type(pdu, random) {
    pdu[0] = random.pick([0, 1, 2, 3, 4, 5, 6, 7, 8, 255])
    return [pdu]
  },
  (pdu, random, others) => [Buffer.from(random.pick(others)), pdu],
  (_, random, others) => [Buffer.from(random.pick(others))],
  (pdu, random) => Array.from({ length: random.pick([2, 3, 20]) }, () => pdu),
  () => [],
  function cross(pdu, random, others) {
    const other = random.pick(others)
    return [measured(Buffer.concat([pdu.subarray(0, place(pdu, random)), other.subarray(place(other, random))]))]
  },
  function control(pdu, random) {
    if (pdu[0] === 4 && pdu.length > 11) pdu[random.pick([10, 11])] = random.below(256)
    return [pdu]
  },
]

/** What becomes of a PDU; sometimes nothing, sometimes several. One to three mutations, one upon the other. */
export function mutate(original: Buffer, random: Random, others: readonly Buffer[]): Buffer[] {
  let pdus: Buffer[] = [Buffer.from(original)]
  for (let i = random.pick([1, 1, 1, 2, 3]); i > 0; i -= 1) {
    const at = random.below(Math.max(1, pdus.length))
    const pdu = pdus[at]
    if (!pdu || pdu.length < 2) break
    pdus = pdus.toSpliced(at, 1, ...random.pick(mutations)(pdu, random, others))
  }
  return pdus
}
