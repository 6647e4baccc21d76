import type { VolumeSamples } from '#shared/imaging/resample.ts'
import { dot, minus, type Vector3 } from '#shared/imaging/vector.ts'
import type { VolumeGeometry } from '#shared/imaging/volumeGeometry.ts'

/** A volume as rays go through it: evenly spaced values in one array, and what each block of them holds. */
export interface CastVolume {
  columns: number
  rows: number
  slices: number
  values: Int16Array | Float32Array
  /** Smallest and largest value of each block, one more than `BLOCK` values long: as far as interpolation reaches. */
  least: Float32Array
  most: Float32Array
  /** Blocks across, down and along. */
  blocks: readonly [number, number, number]
}

/** A power of two, as a shift. */
export const BLOCK_SHIFT = 3
const BLOCK = 1 << BLOCK_SHIFT

/** Slices that lie unevenly are put where they would lie evenly, by what is between their neighbours. */
export function castVolume(
  { columns, rows, depths }: Pick<VolumeGeometry, 'columns' | 'rows' | 'depths'>,
  slices: readonly VolumeSamples[],
  { slope, intercept, whole }: { slope: number; intercept: number; whole: boolean },
): CastVolume {
  const size = columns * rows
  const count = slices.length
  const values = whole ? new Int16Array(size * count) : new Float32Array(size * count)
  const end = depths.at(-1) ?? 0
  for (let slice = 0, near = 0; slice < count; slice++) {
    const depth = (slice * end) / Math.max(1, count - 1)
    while (near < count - 2 && (depths[near + 1] ?? end) <= depth) near++
    const from = depths[near] ?? 0
    const share = Math.min(1, Math.max(0, (depth - from) / ((depths[near + 1] ?? from) - from || 1)))
    const [a, b] = [slices[near], slices[near + 1] ?? slices[near]]
    if (!a || !b) continue
    const target = values.subarray(slice * size, (slice + 1) * size)
    // Evenly spaced slices stay as they are.
    const [one, other, part] = share > 0.999 ? [b, b, 0] : [a, b, share < 0.001 ? 0 : share]
    for (let at = 0; at < size; at++) {
      const first = one[at] ?? 0
      const value = (part === 0 ? first : first + ((other[at] ?? 0) - first) * part) * slope + intercept
      target[at] = whole ? Math.max(-32768, Math.min(32767, Math.round(value))) : value
    }
  }
  return { columns, rows, slices: count, values, ...blocksOf(values, columns, rows, count) }
}

function blocksOf(values: CastVolume['values'], columns: number, rows: number, slices: number) {
  const blocks = [columns, rows, slices].map((size) => Math.ceil(size / BLOCK)) as [number, number, number]
  const [across, down, along] = blocks
  const least = new Float32Array(across * down * along).fill(Number.POSITIVE_INFINITY)
  const most = new Float32Array(across * down * along).fill(Number.NEGATIVE_INFINITY)
  let block = 0
  for (let z = 0; z < along; z++) {
    for (let y = 0; y < down; y++) {
      for (let x = 0; x < across; x++, block++) {
        let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
        const right = Math.min(columns, x * BLOCK + BLOCK + 1)
        for (let k = z * BLOCK; k < Math.min(slices, z * BLOCK + BLOCK + 1); k++) {
          for (let j = y * BLOCK; j < Math.min(rows, y * BLOCK + BLOCK + 1); j++) {
            const row = (k * rows + j) * columns
            for (let i = x * BLOCK; i < right; i++) {
              const value = values[row + i] ?? 0
              if (value < low) low = value
              if (value > high) high = value
            }
          }
        }
        least[block] = low
        most[block] = high
      }
    }
  }
  return { blocks, least, most }
}

/** Places and directions of the body in steps of columns, rows and (evenly spaced) slices. */
export function toIndices(geometry: VolumeGeometry): { point(at: Vector3): Vector3; direction(way: Vector3): Vector3 } {
  const { origin, rowDirection, columnDirection, normal, across, down, depths, shift } = geometry
  const even = (depths.at(-1) ?? 1) / Math.max(1, depths.length - 1)
  const direction = (way: Vector3): Vector3 => {
    const depth = dot(normal, way)
    return [
      (dot(rowDirection, way) - shift[0] * depth) / across,
      (dot(columnDirection, way) - shift[1] * depth) / down,
      depth / even,
    ]
  }
  return { direction, point: (at) => direction(minus(at, origin)) }
}
