/**
 * Whether the samples have nothing, or only copies of the sign, above their stored bits: nearly always so. Looking first,
 * four bytes at a time, takes a tenth of the time of masking every sample.
 */
export function nothingAbove(
  samples: ArrayBufferView & { BYTES_PER_ELEMENT: number },
  bits: number,
  signed: boolean,
): boolean {
  const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: sampleBytes } = samples
  if (byteLength < 4) return false
  const first = (4 - (byteOffset % 4)) % 4
  const words = new Uint32Array(buffer, byteOffset + first, (byteLength - first) >> 2)
  const edges = new Uint8Array(8)
  edges.set(new Uint8Array(buffer, byteOffset, first))
  const tail = first + words.byteLength
  edges.set(new Uint8Array(buffer, byteOffset + tail, byteLength - tail), 4)
  const ends = new Uint32Array(edges.buffer)
  const mask = repeated(signed ? signedMask(sampleBytes * 8, bits) : unsignedMask(sampleBytes * 8, bits), sampleBytes)
  const found = signed ? signChanges(words) | signChanges(ends) : anyBits(words) | anyBits(ends)
  return (found & mask) === 0
}

const unsignedMask = (width: number, bits: number) => 2 ** width - 2 ** bits
/** Each bit from the sign up must be like the next one; the topmost has none. */
const signedMask = (width: number, bits: number) => 2 ** (width - 1) - 2 ** (bits - 1)

function repeated(mask: number, sampleBytes: number): number {
  if (sampleBytes === 1) return mask * 0x01010101
  return sampleBytes === 2 ? mask * 0x00010001 : mask
}

function anyBits(words: Uint32Array): number {
  let any = 0
  for (let index = 0; index < words.length; index++) any |= words[index] ?? 0
  return any
}

function signChanges(words: Uint32Array): number {
  let any = 0
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? 0
    any |= word ^ (word >>> 1)
  }
  return any
}
