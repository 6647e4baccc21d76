import type { VolumeSamples } from './resample.ts'
import { plus, times } from './vector.ts'
import type { VolumeGeometry } from './volumeGeometry.ts'

/** What a volume keeps of rows and columns: all, every half, every quarter. */
export type Reduction = 1 | 2 | 4

/** Room for the volume: part of what the page may keep of pixels, the rest is for the stacks beside it. */
const SHARE = 0.6

/** Bytes of the whole volume, and how much it must be reduced to have room. Undefined where even a quarter has none. */
export function volumeMemory(
  geometry: VolumeGeometry,
  bytesPerSample: number,
  budgetBytes: number,
): { bytes: number; reduction: Reduction | undefined } {
  const bytes = geometry.columns * geometry.rows * geometry.depths.length * bytesPerSample
  const reduction = ([1, 2, 4] as const).find((each) => bytes / (each * each) <= budgetBytes * SHARE)
  return { bytes, reduction }
}

/** The same volume in fewer rows and columns: a new pixel lies in the middle of those that it is the mean of. */
export function reducedGeometry(geometry: VolumeGeometry, by: Reduction): VolumeGeometry {
  if (by === 1) return geometry
  const { rowDirection, columnDirection, across, down, columns, rows } = geometry
  const half = (by - 1) / 2
  return {
    ...geometry,
    columns: Math.floor(columns / by),
    rows: Math.floor(rows / by),
    across: across * by,
    down: down * by,
    origin: plus(geometry.origin, plus(times(rowDirection, half * across), times(columnDirection, half * down))),
  }
}

export function reducedSlice<Samples extends VolumeSamples>(
  samples: ArrayLike<number>,
  columns: number,
  rows: number,
  by: Reduction,
  make: (length: number) => Samples,
  padding?: VolumeGeometry['padding'],
): Samples {
  const width = Math.floor(columns / by)
  const height = Math.floor(rows / by)
  const target = make(width * height)
  const whole = !(target instanceof Float32Array)
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      let sum = 0
      let known = 0
      for (let y = 0; y < by; y++) {
        const from = (row * by + y) * columns + column * by
        for (let x = 0; x < by; x++) {
          const value = samples[from + x] ?? 0
          if (padding && (Number.isNaN(value) || (value >= padding.min && value <= padding.max))) continue
          sum += value
          known++
        }
      }
      const mean = sum / known
      // A pixel that is half padding is padding.
      if (padding && known * 2 < by * by) target[at] = whole ? padding.min : Number.NaN
      else target[at] = whole ? Math.round(mean) : mean
    }
  }
  return target
}
