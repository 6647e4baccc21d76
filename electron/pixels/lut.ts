export interface Lut {
  /** The input that the first entry stands for; smaller ones take it too (PS3.3 C.11.1.1). */
  firstInput: number
  entries: Uint8Array | Uint16Array
  /** Largest value an entry can have. */
  maximum: number
}

/**
 * A LUT from its descriptor and data (PS3.3 C.11.1.1.1). A descriptor of 8 bits comes with bytes, or with 16-bit words
 * where a writer widened them; the length of the data tells. Words are little endian.
 */
export function readLut(
  count: number | undefined,
  first: number | undefined,
  bits: number | undefined,
  data: Uint8Array | undefined,
  signedInput: boolean,
  bigEndian = false,
): Lut | undefined {
  if (count === undefined || first === undefined || bits === undefined || data === undefined) return undefined
  const length = count === 0 ? 65536 : count
  if (bits < 8 || bits > 16) return undefined
  const firstInput = signedInput && first > 0x7fff ? first - 0x10000 : first
  const maximum = 2 ** bits - 1
  if (data.length >= 2 * length) return { firstInput, entries: words(data, length, bigEndian), maximum }
  if (bits > 8 || data.length < length) return undefined
  return { firstInput, entries: data.slice(0, length), maximum }
}

export function words(data: Uint8Array, length: number, bigEndian: boolean): Uint16Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const entries = new Uint16Array(length)
  for (let index = 0; index < length; index++) entries[index] = view.getUint16(2 * index, !bigEndian)
  return entries
}
