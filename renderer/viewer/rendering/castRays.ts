import type { Vector3 } from '#shared/imaging/vector.ts'
import { BLOCK_SHIFT, type CastVolume } from './castVolume.ts'
import type { TransferTable } from './transfer.ts'

/** Rays that run side by side, in steps of columns, rows and slices of the volume. */
export interface Rays {
  /** Where the ray of the first pixel begins. */
  start: Vector3
  /** To the next pixel, to the next row, and one step along the ray. */
  right: Vector3
  below: Vector3
  step: Vector3
  /** Corners of what is left of the volume. */
  low: Vector3
  high: Vector3
  /** Millimetres of a step of columns, rows and slices: surfaces are lit as they lie in the body. */
  spacing: Vector3
  /** The way of the light, in columns, rows and slices, in mm, of length 1. */
  light: Vector3
  mip: boolean
}

/** Nothing behind is seen any more. */
const FULL = 0.97
const FAR = 1e9
const AMBIENT = 0.28
const VEIL = 0.03
const UNLIT = 0.75

/** Blocks in which something is to be seen. */
export function visibleBlocks({ least, most }: CastVolume, { from, perUnit, opacity }: TransferTable): Uint8Array {
  // How many entries up to each one hide anything.
  const upTo = new Uint32Array(opacity.length + 1)
  for (let entry = 0; entry < opacity.length; entry++)
    upTo[entry + 1] = (upTo[entry] ?? 0) + ((opacity[entry] ?? 0) > 0.0005 ? 1 : 0)
  const last = opacity.length - 1
  const place = (value: number) => Math.min(last, Math.max(0, (value - from) * perUnit))
  return Uint8Array.from(least, (low, block) => {
    const [first, end] = [Math.floor(place(low)), Math.ceil(place(most[block] ?? low))]
    return (upTo[end + 1] ?? 0) > (upTo[first] ?? 0) ? 1 : 0
  })
}

/** Draws rows of a picture: one opaque RGBA pixel (little endian) each. */
export function castRays(
  volume: CastVolume,
  table: TransferTable,
  visible: Uint8Array,
  rays: Rays,
  { width, fromRow, rows }: { width: number; fromRow: number; rows: number },
  target: Uint32Array,
): void {
  const { start, right, below } = rays
  const ray = rays.mip ? brightest(volume, table, rays) : lit(volume, table, visible, rays)
  for (let row = 0, at = 0; row < rows; row++) {
    let x = start[0] + (fromRow + row) * below[0]
    let y = start[1] + (fromRow + row) * below[1]
    let z = start[2] + (fromRow + row) * below[2]
    for (let column = 0; column < width; column++, at++, x += right[0], y += right[1], z += right[2])
      target[at] = ray(x, y, z)
  }
}

/** From which step to which a line lies between two bounds. */
function range(from: number, step: number, low: number, high: number): [number, number] {
  if (Math.abs(step) < 1e-9) return from >= low && from <= high ? [-FAR, FAR] : [FAR, -FAR]
  const [a, b] = [(low - from) / step, (high - from) / step]
  return a < b ? [a, b] : [b, a]
}

type Ray = (x: number, y: number, z: number) => number

const BLACK = 0xff000000

function bounds({ step, low, high }: Rays, x: number, y: number, z: number): [number, number] {
  const [x0, x1] = range(x, step[0], low[0], high[0])
  const [y0, y1] = range(y, step[1], low[1], high[1])
  const [z0, z1] = range(z, step[2], low[2], high[2])
  return [Math.ceil(Math.max(x0, y0, z0)), Math.min(x1, y1, z1)]
}

/** By how many steps a block of nothing is left, at least one. */
function leaving({ step }: Rays): (x: number, y: number, z: number) => number {
  const [inverseX, inverseY, inverseZ] = step.map((part) => (Math.abs(part) < 1e-9 ? 0 : 1 / part)) as [
    number,
    number,
    number,
  ]
  const side = (place: number, inverse: number) => {
    if (inverse === 0) return FAR
    const block = place >> BLOCK_SHIFT
    return (((inverse > 0 ? block + 1 : block) << BLOCK_SHIFT) - place) * inverse
  }
  return (x, y, z) => Math.max(1, Math.ceil(Math.min(side(x, inverseX), side(y, inverseY), side(z, inverseZ))))
}

function sampler({ values, columns, rows, slices }: CastVolume): Ray {
  const size = columns * rows
  const [lastColumn, lastRow, lastSlice] = [columns - 1, rows - 1, slices - 1]
  return (x, y, z) => {
    const [i, j, k] = [x | 0, y | 0, z | 0]
    const [fx, fy, fz] = [x - i, y - j, z - k]
    const from = k * size + j * columns + i
    const dx = i < lastColumn ? 1 : 0
    const dy = j < lastRow ? columns : 0
    const dz = k < lastSlice ? size : 0
    const a = values[from] as number
    const b = values[from + dx] as number
    const c = values[from + dy] as number
    const d = values[from + dy + dx] as number
    const e = values[from + dz] as number
    const f = values[from + dz + dx] as number
    const g = values[from + dz + dy] as number
    const h = values[from + dz + dy + dx] as number
    const top = a + (b - a) * fx
    const bottom = c + (d - c) * fx
    const near = top + (bottom - top) * fy
    const farTop = e + (f - e) * fx
    const farBottom = g + (h - g) * fx
    return near + (farTop + (farBottom - farTop) * fy - near) * fz
  }
}

function brightest(volume: CastVolume, { from, perUnit, colours, opacity }: TransferTable, rays: Rays): Ray {
  const { step } = rays
  const { blocks, most } = volume
  const sample = sampler(volume)
  const leave = leaving(rays)
  const last = opacity.length - 1
  return (x0, y0, z0) => {
    const [first, end] = bounds(rays, x0, y0, z0)
    let best = Number.NEGATIVE_INFINITY
    for (let t = first; t <= end; ) {
      const [x, y, z] = [x0 + t * step[0], y0 + t * step[1], z0 + t * step[2]]
      const block = ((z >> BLOCK_SHIFT) * blocks[1] + (y >> BLOCK_SHIFT)) * blocks[0] + (x >> BLOCK_SHIFT)
      // No value of this block can be brighter.
      if ((most[block] as number) <= best) {
        t += leave(x, y, z)
        continue
      }
      const value = sample(x, y, z)
      if (value > best) best = value
      t++
    }
    const entry = Math.max(0, Math.min(last, Math.round((best - from) * perUnit)))
    return best === Number.NEGATIVE_INFINITY ? BLACK : (BLACK | ((colours[entry * 3] as number) * 0x10101)) >>> 0
  }
}

function lit(
  volume: CastVolume,
  { from, perUnit, colours, opacity }: TransferTable,
  visible: Uint8Array,
  rays: Rays,
): Ray {
  const { step, spacing, light } = rays
  const { blocks, columns, rows, slices } = volume
  const sample = sampler(volume)
  const leave = leaving(rays)
  const last = opacity.length - 1
  const slope = (before: number, after: number, length: number) => (after - before) / length
  const inside = (place: number, size: number) => Math.max(0, Math.min(place, size - 1))
  const bright = (x: number, y: number, z: number) => {
    const gx = slope(sample(inside(x - 1, columns), y, z), sample(inside(x + 1, columns), y, z), spacing[0])
    const gy = slope(sample(x, inside(y - 1, rows), z), sample(x, inside(y + 1, rows), z), spacing[1])
    const gz = slope(sample(x, y, inside(z - 1, slices)), sample(x, y, inside(z + 1, slices)), spacing[2])
    const length = Math.sqrt(gx * gx + gy * gy + gz * gz)
    if (length < 1e-6) return AMBIENT + 0.3
    const facing = Math.abs((gx * light[0] + gy * light[1] + gz * light[2]) / length)
    return AMBIENT + 0.66 * facing + 0.22 * facing ** 12
  }
  return (x0, y0, z0) => {
    const [first, end] = bounds(rays, x0, y0, z0)
    let [red, green, blue, hidden] = [0, 0, 0, 0]
    for (let t = first; t <= end; ) {
      const [x, y, z] = [x0 + t * step[0], y0 + t * step[1], z0 + t * step[2]]
      const block = ((z >> BLOCK_SHIFT) * blocks[1] + (y >> BLOCK_SHIFT)) * blocks[0] + (x >> BLOCK_SHIFT)
      if (visible[block] === 0) {
        t += leave(x, y, z)
        continue
      }
      t++
      const place = (sample(x, y, z) - from) * perUnit
      if (place < 0) continue
      const entry = place > last ? last : place | 0
      const own = opacity[entry] as number
      if (own < 0.0005) continue
      const share = (1 - hidden) * own
      // What one can look through has no surface worth its light.
      const shade = share * (own < VEIL ? UNLIT : bright(x, y, z))
      red += shade * (colours[entry * 3] as number)
      green += shade * (colours[entry * 3 + 1] as number)
      blue += shade * (colours[entry * 3 + 2] as number)
      hidden += share
      if (hidden > FULL) break
    }
    const byte = (part: number) => (part > 255 ? 255 : part | 0)
    return (BLACK | (byte(blue) << 16) | (byte(green) << 8) | byte(red)) >>> 0
  }
}
