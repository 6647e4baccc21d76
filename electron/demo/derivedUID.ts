import { createHash } from 'node:crypto'

/** A UID under 2.25 that is always the same for the same name: a demo that is added twice is there once. */
export function derivedUID(name: string): string {
  const digest = createHash('sha256').update(`negatoscope/demo/${name}`).digest()
  // Version and variant of a UUID, as PS3.5 B.2 wants what stands under 2.25 to be one.
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6)
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8)
  return `2.25.${BigInt(`0x${digest.toString('hex', 0, 16)}`)}`
}
