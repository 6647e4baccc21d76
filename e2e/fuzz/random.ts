/** Numbers that look random and are the same for the same seed, on every machine. */
export interface Random {
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number
  pick<T>(list: readonly T[]): T
  /** True once in so many times. */
  once(inSoMany: number): boolean
  bytes(length: number): Buffer
}

/** Mulberry32; `stream` gives each case numbers of its own, so that one can be played again without those before. */
export function random(seed: number, stream: number): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b)) | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (limit: number) => Math.floor((next() / 2 ** 32) * limit)
  return {
    below,
    pick: (list) => list[below(list.length)] as (typeof list)[number],
    once: (inSoMany) => below(inSoMany) === 0,
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  }
}
