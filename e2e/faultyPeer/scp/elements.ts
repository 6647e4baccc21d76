/** An element in Explicit VR Little Endian with a length of two bytes. */
export function short(group: number, number: number, vr: string, bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16LE(group, 0)
  head.writeUInt16LE(number, 2)
  head.write(vr, 4, 'latin1')
  head.writeUInt16LE(bytes.length, 6)
  return Buffer.concat([head, bytes])
}

/** One with a length of four bytes, which may lie. */
export function long(group: number, number: number, vr: string, bytes: Uint8Array, length = bytes.length): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16LE(group, 0)
  head.writeUInt16LE(number, 2)
  head.write(vr, 4, 'latin1')
  head.writeUInt32LE(length, 8)
  return Buffer.concat([head, bytes])
}
