import type { ImagePlane, InstanceImage } from '#shared/imaging/instanceImage.ts'
import type { ResampledSize, SlabMode, VolumeSamples } from '#shared/imaging/resample.ts'
import type { VolumeGeometry } from '#shared/imaging/volumeGeometry.ts'

export interface Slab {
  /** mm; 0 is one plane. */
  thickness: number
  mode: SlabMode
}

/** One picture that somebody waits for. */
export interface PlaneJob {
  /** Only the last job of a view counts. */
  view: number
  frame: number
  /** Tells pictures of one frame apart that were asked for under other terms. */
  round: number
  plane: ImagePlane
  size: ResampledSize
  slab: Slab
  /** mm between planes. */
  step: number
  type: InstanceImage['samples']['type']
  outside: number
}

/** What is cut, and what is drawn over it. */
export type Layer = 'base' | 'over'

export type ToResampler =
  | { kind: 'volume'; layer: Layer; geometry: VolumeGeometry }
  | { kind: 'slice'; layer: Layer; at: number; samples: VolumeSamples }
  | { kind: 'drop'; layer: Layer }
  | { kind: 'plane'; job: PlaneJob }
  | { kind: 'forget'; view: number }

export interface PlanePicture {
  view: number
  frame: number
  round: number
  coarse: boolean
  samples: VolumeSamples
  /** Values of the volume over it; not-a-number where that does not reach. */
  over?: Float32Array<ArrayBuffer>
}
