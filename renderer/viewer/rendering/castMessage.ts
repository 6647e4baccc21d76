import type { VolumeSamples } from '#shared/imaging/resample.ts'
import type { Vector3 } from '#shared/imaging/vector.ts'
import type { VolumeGeometry } from '#shared/imaging/volumeGeometry.ts'
import type { TransferStop } from './transfer.ts'

/** From where a volume is looked at; parallel, in the coordinates of the body. */
export interface ViewPoint {
  right: Vector3
  down: Vector3
  /** Away from the eye: the cross product of the two. */
  forward: Vector3
  /** What lies in the middle of the picture. */
  middle: Vector3
  mmPerPixel: number
}

/** Shares of columns, rows and slices that are left. */
export interface Crop {
  low: Vector3
  high: Vector3
}

export interface CastJob {
  /** Counts up: only the newest picture is of use. */
  turn: number
  view: ViewPoint
  crop: Crop
  width: number
  height: number
  stops: readonly TransferStop[]
  /** For the brightest values alone. */
  mip: { center: number; width: number } | undefined
}

export type ToCaster =
  | { kind: 'volume'; geometry: VolumeGeometry; slope: number; intercept: number; whole: boolean; share: CasterShare }
  | { kind: 'slice'; at: number; samples: VolumeSamples }
  | { kind: 'cast'; job: CastJob }

/** Several workers draw one picture: each every so many bands of rows. */
export interface CasterShare {
  place: number
  of: number
}

/** Rows of a picture. A coarse one is `width` wide and has to be drawn larger. */
export interface CastPart {
  turn: number
  coarse: boolean
  width: number
  height: number
  fromRow: number
  pixels: Uint32Array<ArrayBuffer>
  /** Of this worker, of this picture. */
  isLast: boolean
}
