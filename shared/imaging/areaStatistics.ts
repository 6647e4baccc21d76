import type { ImagePoint } from './pointSpacing.ts'

export interface AreaStatistics {
  pixels: number
  mean: number
  /** Of the population. */
  deviation: number
  min: number
  max: number
}

/** A closed shape: where it lies, and which stretches of a line at height `y` are inside. */
export interface Region {
  top: number
  bottom: number
  spans(y: number): readonly (readonly [number, number])[]
}

export function ellipseRegion(centre: ImagePoint, radiusX: number, radiusY: number): Region {
  return {
    top: centre[1] - radiusY,
    bottom: centre[1] + radiusY,
    spans(y) {
      const dy = (y - centre[1]) / radiusY
      if (!(Math.abs(dy) <= 1)) return []
      const half = radiusX * Math.sqrt(1 - dy * dy)
      return [[centre[0] - half, centre[0] + half]]
    },
  }
}

/** Even-odd, as the outline is filled. */
export function polygonRegion(points: readonly ImagePoint[]): Region {
  const heights = points.map(([, y]) => y)
  return {
    top: Math.min(...heights),
    bottom: Math.max(...heights),
    spans(y) {
      const crossings: number[] = []
      for (const [index, from] of points.entries()) {
        const to = points[(index + 1) % points.length] ?? from
        // Half open, so that a corner on the line counts once.
        if (from[1] <= y === to[1] <= y) continue
        crossings.push(from[0] + ((y - from[1]) / (to[1] - from[1])) * (to[0] - from[0]))
      }
      crossings.sort((a, b) => a - b)
      return Array.from({ length: crossings.length >> 1 }, (_, pair) => {
        return [crossings[2 * pair] ?? 0, crossings[2 * pair + 1] ?? 0] as const
      })
    },
  }
}

/** Of the pixels whose centre lies in the region; undefined where there is none. */
export function areaStatistics(
  region: Region,
  size: { rows: number; columns: number },
  valueAt: (index: number) => number,
): AreaStatistics | undefined {
  let pixels = 0
  let mean = 0
  let squares = 0
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  const lastRow = Math.min(size.rows - 1, Math.ceil(region.bottom))
  for (let row = Math.max(0, Math.floor(region.top)); row <= lastRow; row++) {
    for (const [left, right] of region.spans(row + 0.5)) {
      const last = Math.min(size.columns - 1, Math.floor(right - 0.5))
      for (let column = Math.max(0, Math.ceil(left - 0.5)); column <= last; column++) {
        const value = valueAt(row * size.columns + column)
        if (!Number.isFinite(value)) continue
        pixels++
        // Welford: no loss of digits for large values with little spread.
        const difference = value - mean
        mean += difference / pixels
        squares += difference * (value - mean)
        if (value < min) min = value
        if (value > max) max = value
      }
    }
  }
  return pixels === 0 ? undefined : { pixels, mean, deviation: Math.sqrt(squares / pixels), min, max }
}

/** Shoelace formula; a line that crosses itself counts its parts against each other. */
export function polygonArea(points: readonly ImagePoint[]): number {
  let twice = 0
  for (const [index, [x, y]] of points.entries()) {
    const [nextX, nextY] = points[(index + 1) % points.length] ?? [x, y]
    twice += x * nextY - nextX * y
  }
  return Math.abs(twice) / 2
}
