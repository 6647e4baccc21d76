/** An image among those of its series. */
export interface Place {
  number: number | null
  /** mm along the normal of the image. */
  position: number | null
}

/** Fewer say nothing of a rule that another one would break. */
const FEWEST_SLICES = 5
/** Of the distances that must be alike before one that is not counts as a gap. */
const ALIKE_SHARE = 0.8
const ALIKE = 0.05
/** One slice that is missing doubles the distance. */
const GAP_FACTOR = 1.6
const NAMED_MAX = 3

/**
 * Whether an image seems to be missing between others: by instance numbers (0020,0013), else by the spacing of the
 * slices. A sentence's end, or undefined. Numbers with more holes than images are no count: some devices number by time.
 */
export function gapIn(places: readonly Place[]): string | undefined {
  return gapInNumbers(places) ?? gapInSpacing(places)
}

function gapInNumbers(places: readonly Place[]): string | undefined {
  const numbers = [...new Set(places.flatMap(({ number }) => (number === null ? [] : [number])))].sort((a, b) => a - b)
  const [first, last] = [numbers[0], numbers.at(-1)]
  if (first === undefined || last === undefined || numbers.length < 3) return undefined
  const missing = last - first + 1 - numbers.length
  if (missing <= 0 || missing >= numbers.length || !numbers.every(Number.isInteger)) return undefined
  const holes: { from: number; to: number }[] = []
  for (const [at, number] of numbers.entries()) {
    const next = numbers[at + 1]
    if (next !== undefined && next > number + 1) holes.push({ from: number + 1, to: next - 1 })
  }
  const [hole] = holes
  if (holes.length === 1 && hole && hole.from === hole.to)
    return `image ${hole.from} is missing between ${hole.from - 1} and ${hole.from + 1}.`
  const named = holes.slice(0, NAMED_MAX).map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`))
  const more = holes.length > NAMED_MAX ? ' and others' : ''
  return `${missing} images are missing: ${named.join(', ')}${more}.`
}

function gapInSpacing(places: readonly Place[]): string | undefined {
  const positions = places.flatMap(({ position }) => (position === null ? [] : [position])).sort((a, b) => a - b)
  // Several times or several directions in one series: the distances have no rule.
  if (positions.length < FEWEST_SLICES || positions.length !== places.length) return undefined
  const distances = positions.slice(1).map((position, at) => position - (positions[at] ?? position))
  const usual = distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0
  if (usual <= 0.01) return undefined
  const alike = distances.filter((distance) => Math.abs(distance - usual) <= usual * ALIKE)
  const wide = distances.filter((distance) => distance > usual * GAP_FACTOR)
  if (wide.length === 0 || alike.length < distances.length * ALIKE_SHARE) return undefined
  const mm = (value: number) => `${Number(value.toFixed(1))} mm`
  return `slices are ${mm(usual)} apart, but once ${mm(Math.max(...wide))}: one may be missing.`
}
