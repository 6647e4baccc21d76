const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Columns and rows that a PNG or JPEG claims; undefined where it is neither. A small file may unpack to gigabytes. */
export function pictureSize(bytes: Buffer): { columns: number; rows: number } | undefined {
  if (bytes.length >= 24 && bytes.subarray(0, 8).equals(PNG))
    return { columns: bytes.readUInt32BE(16), rows: bytes.readUInt32BE(20) }
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined
  for (let at = 2; at + 9 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    // ISO 10918-1 B.1.1.3: SOF0 to SOF15, without DHT, JPG and DAC.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { rows: bytes.readUInt16BE(at + 5), columns: bytes.readUInt16BE(at + 7) }
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}
