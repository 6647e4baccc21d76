/** Numbers in [0, 1) that are the same on every machine for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Normally distributed around 0 with standard deviation 1 (Box-Muller). */
function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** A tile of noise that is read at changing offsets: no image repeats another, and none costs a logarithm per pixel. */
export function noiseTile(length: number, sigma: number, seed: number): Int16Array {
  const random = seeded(seed)
  return Int16Array.from({ length }, () => Math.round(gaussian(random) * sigma))
}
