import { GRID } from './readBack.ts'

/** The eight ways in which an image can lie in a square, as the cell that each cell comes from. */
const PLACEMENTS: Record<string, (column: number, row: number) => [number, number]> = {
  upright: (x, y) => [x, y],
  mirrored: (x, y) => [GRID - 1 - x, y],
  'upside down': (x, y) => [x, GRID - 1 - y],
  'turned by 180 degrees': (x, y) => [GRID - 1 - x, GRID - 1 - y],
  transposed: (x, y) => [y, x],
  'turned by 90 degrees': (x, y) => [y, GRID - 1 - x],
  'turned by 270 degrees': (x, y) => [GRID - 1 - y, x],
  'transposed and turned': (x, y) => [GRID - 1 - y, GRID - 1 - x],
}

/** A picture that is nearly its own mirror image says nothing against lying upright. */
const CLEARLY_BETTER = 0.02

/** How the drawn cells lie, against those of the reference: the placement that fits best, and how well upright fits. */
export function placementOf(drawn: number[], reference: number[]): { best: string; upright: number } {
  const fits = Object.entries(PLACEMENTS).map(([name, from]) => {
    const placed = drawn.map((_, cell) => {
      const [column, row] = from(cell % GRID, Math.floor(cell / GRID))
      return reference[row * GRID + column] ?? 0
    })
    return { name, fit: correlation(drawn, placed) }
  })
  const upright = fits.find((one) => one.name === 'upright')?.fit ?? 0
  const best = fits.reduce((a, b) => (b.fit > a.fit ? b : a))
  return { best: best.fit > upright + CLEARLY_BETTER ? best.name : 'upright', upright }
}

/** Pearson's r; 1 where neither varies. */
function correlation(a: number[], b: number[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [ma, mb] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  a.forEach((value, at) => {
    const other = b[at] ?? 0
    ab += (value - ma) * (other - mb)
    aa += (value - ma) ** 2
    bb += (other - mb) ** 2
  })
  if (aa < 1 && bb < 1) return 1
  return ab / Math.sqrt(Math.max(aa * bb, Number.MIN_VALUE))
}

/** Means of the grid's cells of an image, each pixel made a brightness first. */
export function cellsOf(width: number, height: number, brightness: (x: number, y: number) => number): number[] {
  return Array.from({ length: GRID * GRID }, (_, cell) => {
    const bounds = (size: number, at: number) => [Math.floor((size * at) / GRID), Math.floor((size * (at + 1)) / GRID)]
    const [x0 = 0, x1 = 0] = bounds(width, cell % GRID)
    const [y0 = 0, y1 = 0] = bounds(height, Math.floor(cell / GRID))
    let [sum, count] = [0, 0]
    for (let y = y0; y < Math.max(y1, y0 + 1); y += 1) {
      for (let x = x0; x < Math.max(x1, x0 + 1); x += 1) {
        sum += brightness(x, y)
        count += 1
      }
    }
    return sum / count
  })
}
