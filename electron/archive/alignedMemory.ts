/** A multiple of every disk's block size. Direct writes start and end on it, in memory as in the file. */
export const BLOCK_BYTES = 4096

const PAGE_BYTES = 64 * 1024
const PAGES_IN_ONE = 16

/** The length of one piece of aligned memory. */
export const ALIGNED_BYTES = PAGES_IN_ONE * PAGE_BYTES

/** Pieces cut from one WebAssembly memory: each such memory reserves gigabytes of address space, whatever it uses. */
const PIECES = 8

/** Neither the language's types nor Node's declare it as a value. */
const { Memory } = (
  globalThis as unknown as {
    WebAssembly: { Memory: new (pages: { initial: number; maximum: number }) => { buffer: ArrayBuffer } }
  }
).WebAssembly

const free: Buffer[] = []

/**
 * A buffer that starts on a page of the machine's memory, as direct writes ask for. A Buffer of Node's own starts
 * anywhere; a WebAssembly memory is mapped in whole pages. What was never written to takes no room.
 */
export function takeAligned(): Buffer {
  const known = free.pop()
  if (known) return known
  const pages = PIECES * PAGES_IN_ONE
  const { buffer } = new Memory({ initial: pages, maximum: pages })
  for (let at = 0; at < PIECES; at += 1) free.push(Buffer.from(buffer, at * ALIGNED_BYTES, ALIGNED_BYTES))
  return takeAligned()
}

export function giveBackAligned(piece: Buffer): void {
  free.push(piece)
}
