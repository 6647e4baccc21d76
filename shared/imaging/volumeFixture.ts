import type { StackFrame } from './displaySets.ts'
import type { InstanceImage } from './instanceImage.ts'
import type { VolumeData } from './resample.ts'
import { plus, times, type Vector3 } from './vector.ts'
import { volumeGeometry } from './volumeGeometry.ts'

export const COLUMNS = 30
export const ROWS = 24

export interface Phantom {
  rowDirection?: Vector3
  columnDirection?: Vector3
  /** Of the first pixel of each slice. */
  positions: readonly Vector3[]
  across?: number
  down?: number
  /** What stands at a place of the body; without it a field that rises evenly. */
  value?(place: Vector3): number
}

/** Values rise by 2 with each mm along x, by 3 along y, by 5 along z: linear interpolation must give them back exactly. */
export const field = ([x, y, z]: Vector3) => 1000 + 2 * x + 3 * y + 5 * z

const speck = {
  ...{ rows: ROWS, columns: COLUMNS, frames: 1, samples: { type: 'float32', inverted: false }, obstacle: null },
  ...{ frameOfReferenceUID: '1.2', spacingSource: 'pixel-spacing' },
} as unknown as InstanceImage

export function phantom({
  rowDirection = [1, 0, 0],
  columnDirection = [0, 1, 0],
  positions,
  across = 0.7,
  down = 0.7,
  value = field,
}: Phantom) {
  const stack = positions.map((position, at): StackFrame => {
    const plane = { position: [...position], rowDirection: [...rowDirection], columnDirection: [...columnDirection] }
    const frame = { plane, slope: 1, intercept: 0, windows: [], spacing: [down, across] }
    return { instanceId: at + 1, frame: 0, image: { ...speck, perFrame: [frame] } as unknown as InstanceImage }
  })
  const slice = (position: Vector3) =>
    Float32Array.from({ length: ROWS * COLUMNS }, (_, at) =>
      value(
        plus(
          position,
          plus(times(rowDirection, (at % COLUMNS) * across), times(columnDirection, Math.floor(at / COLUMNS) * down)),
        ),
      ),
    )
  const geometry = volumeGeometry(stack)
  const slices = typeof geometry === 'string' ? [] : geometry.order.map((at) => slice(positions[at] ?? [0, 0, 0]))
  return { stack, geometry, slices }
}

export const along = (count: number, place: (at: number) => Vector3) =>
  Array.from({ length: count }, (_, at) => place(at))

export function volumeOf({ geometry, slices }: ReturnType<typeof phantom>): VolumeData {
  if (typeof geometry === 'string') throw new Error(geometry)
  return { geometry, slices }
}
