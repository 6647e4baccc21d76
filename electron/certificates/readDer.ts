import { derTag } from './der.ts'

/** Bytes that are not what they should be; said to a person by whoever asked for them. */
export class DerError extends Error {}

export interface DerValue {
  tag: number
  content: Buffer
  /** How many bytes it takes, with its head and, where the length is open, its end. */
  size: number
}

const DEPTH_MAX = 32
const CHILDREN_MAX = 1000
const CONSTRUCTED = 0x20

/**
 * One value at the beginning of `bytes`. Lengths come from a file: checked against what there is. Open lengths (X.690
 * 8.1.3.6) are read too, because some programs write PKCS#12 so.
 */
export function readValue(bytes: Buffer, depth = 0): DerValue {
  const [tag, first] = bytes
  if (tag === undefined || first === undefined) throw new DerError('Ends too early')
  if ((tag & 0x1f) === 0x1f || depth > DEPTH_MAX) throw new DerError('A tag that cannot be')
  if (first === 0x80) return readOpen(bytes, tag, depth)
  const count = first < 0x80 ? 0 : first & 0x7f
  if (count > 4 || bytes.length < 2 + count) throw new DerError('A length that cannot be')
  const start = 2 + count
  const length = count === 0 ? first : bytes.readUIntBE(2, count)
  if (start + length > bytes.length) throw new DerError('Ends too early')
  return { tag, content: bytes.subarray(start, start + length), size: start + length }
}

function readOpen(bytes: Buffer, tag: number, depth: number): DerValue {
  if ((tag & CONSTRUCTED) === 0) throw new DerError('A length that cannot be')
  let at = 2
  while (bytes[at] !== 0 || bytes[at + 1] !== 0) at += readValue(bytes.subarray(at), depth + 1).size
  return { tag, content: bytes.subarray(2, at), size: at + 2 }
}

/** The values inside a constructed one. */
export function children(value: DerValue): DerValue[] {
  const found: DerValue[] = []
  for (let rest = value.content; rest.length > 0; ) {
    if (found.length >= CHILDREN_MAX) throw new DerError('Too many values')
    const next = readValue(rest)
    found.push(next)
    rest = rest.subarray(next.size)
  }
  return found
}

/** The child at `index`, which must be of that tag. */
export function child(value: DerValue, index: number, tag: number = derTag.sequence): DerValue {
  const found = children(value)[index]
  if (found?.tag !== tag) throw new DerError(`No value of tag ${tag.toString(16)} at ${index}`)
  return found
}

/** An OCTET STRING, whole or in pieces; also one under a tag of its own. */
export function octetsOf(value: DerValue | undefined): Buffer {
  if (!value) throw new DerError('No bytes')
  return (value.tag & CONSTRUCTED) === 0 ? value.content : Buffer.concat(children(value).map(octetsOf))
}

export function oidOf(value: DerValue | undefined): string {
  if (value?.tag !== derTag.objectIdentifier || value.content.length === 0 || value.content.length > 64)
    throw new DerError('No object identifier')
  const arcs: number[] = []
  let arc = 0
  for (const byte of value.content) {
    arc = arc * 128 + (byte & 0x7f)
    if (byte & 0x80) continue
    arcs.push(arc)
    arc = 0
  }
  const [first = 0, ...rest] = arcs
  const top = Math.min(2, Math.floor(first / 40))
  return [top, first - top * 40, ...rest].join('.')
}

export function numberOf(value: DerValue | undefined): number {
  if (value?.tag !== derTag.integer || value.content.length === 0 || value.content.length > 5)
    throw new DerError('No number of this size')
  return value.content.readUIntBE(0, value.content.length)
}
