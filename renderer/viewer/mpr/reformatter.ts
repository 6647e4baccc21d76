import type { StackFrame } from '#shared/imaging/displaySets.ts'
import { frameOf } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import type { ReformatPlanes } from '#shared/imaging/reformatPlanes.ts'
import { resample, resampleSlab, type SlabMode, type VolumeData, type VolumeSamples } from '#shared/imaging/resample.ts'
import type { FrameAnswer } from '../frameParser.ts'

export interface Slab {
  /** mm; 0 is one plane. */
  thickness: number
  mode: SlabMode
}

/** Pictures kept of each axis: going back and forth costs nothing. */
const KEPT = 24

/** Pictures of a volume along one axis, made when they are asked for. */
export class Reformatter {
  readonly planes: ReformatPlanes
  readonly image: InstanceImage
  readonly #made = new Map<number, FrameAnswer>()
  #volume: VolumeData | undefined
  #slab: Slab = { thickness: 0, mode: 'mean' }

  constructor(planes: ReformatPlanes, image: InstanceImage) {
    this.planes = planes
    this.image = image
  }

  set volume(volume: VolumeData | undefined) {
    this.#volume = volume
    this.#made.clear()
  }

  set slab(slab: Slab) {
    this.#slab = slab
    this.#made.clear()
  }

  picture(frame: number): FrameAnswer | undefined {
    const known = this.#made.get(frame)
    const plane = this.planes.planes[frame]
    if (known || !this.#volume || !plane) return known
    const { rows, columns, step } = this.planes
    const target = samplesFor(this.image.samples.type, rows * columns)
    const outside = this.image.pixelPaddingValue ?? Number.NaN
    if (this.#slab.thickness > step)
      resampleSlab(this.#volume, plane, this.planes, outside, target, { ...this.#slab, step })
    else resample(this.#volume, plane, this.planes, outside, target)
    const answer = { bytes: new Uint8Array(target.buffer as ArrayBuffer) }
    this.#made.set(frame, answer)
    const [oldest] = this.#made.keys()
    if (this.#made.size > KEPT && oldest !== undefined) this.#made.delete(oldest)
    return answer
  }
}

/** How values are kept: as stored where all slices rescale alike and a value is left for what lies outside. */
export function valuesOf(stack: readonly StackFrame[]): {
  type: InstanceImage['samples']['type']
  outside: number | null
} {
  const [first] = stack
  if (!first) return { type: 'float32', outside: null }
  const { slope, intercept } = frameOf(first.image, first.frame)
  const alike = stack.every(({ image, frame }) => {
    const own = frameOf(image, frame)
    return own.slope === slope && own.intercept === intercept
  })
  const { samples, bitsStored } = first.image
  if (alike && samples.type === 'int16') return { type: 'int16', outside: -32768 }
  if (alike && samples.type === 'uint16' && bitsStored < 16) return { type: 'uint16', outside: 65535 }
  return { type: 'float32', outside: null }
}

export function samplesFor(type: InstanceImage['samples']['type'], length: number): VolumeSamples {
  if (type === 'int16') return new Int16Array(length)
  return type === 'uint16' ? new Uint16Array(length) : new Float32Array(length)
}
