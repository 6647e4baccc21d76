export const HEADER_BYTES = 16
/** "NFRM" in little endian. */
const MAGIC = 0x4d52464e
const SAMPLES = 0
const SENTENCE = 1

/** In front of each frame of a streamed answer: magic, index in the request, status, byte length. */
function writeHeader(chunk: Uint8Array, index: number, status: number): void {
  const view = new DataView(chunk.buffer, chunk.byteOffset, HEADER_BYTES)
  view.setUint32(0, MAGIC, true)
  view.setUint32(4, index, true)
  view.setUint32(8, status, true)
  view.setUint32(12, chunk.length - HEADER_BYTES, true)
}

/** `chunk` has its samples behind room for the header. */
export function samplesChunk(chunk: Uint8Array, index: number): Uint8Array {
  writeHeader(chunk, index, SAMPLES)
  return chunk
}

/** Without its header; undefined for a sentence. */
export function samplesOf(chunk: Uint8Array): Uint8Array | undefined {
  const view = new DataView(chunk.buffer, chunk.byteOffset, HEADER_BYTES)
  return view.getUint32(8, true) === SAMPLES ? chunk.subarray(HEADER_BYTES) : undefined
}

export function sentenceChunk(sentence: string, index: number): Uint8Array {
  const text = new TextEncoder().encode(sentence)
  const chunk = new Uint8Array(HEADER_BYTES + text.length)
  chunk.set(text, HEADER_BYTES)
  writeHeader(chunk, index, SENTENCE)
  return chunk
}
