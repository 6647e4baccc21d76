import type { StackFrame } from '#shared/imaging/displaySets.ts'
import { frameOf } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import type { ReformatPlanes } from '#shared/imaging/reformatPlanes.ts'
import { resample, type VolumeData, type VolumeSamples } from '#shared/imaging/resample.ts'
import type { FrameAnswer } from '../frameParser.ts'
import type { PlanePicture, Slab } from './resampleMessage.ts'
import type { Resampler } from './resampler.ts'
import { samplesFor } from './samplesFor.ts'

/** Pictures kept of each axis: going back and forth costs nothing. */
const KEPT = 24

interface Source {
  resampler: Resampler
  present?: VolumeData | undefined
}

/** Pictures of a volume along one direction, made when they are asked for. */
export class Reformatter {
  readonly view: number
  readonly planes: ReformatPlanes
  readonly image: InstanceImage
  readonly #source: Source
  readonly #onPicture: (frame: number) => void
  readonly #made = new Map<number, FrameAnswer>()
  readonly #unfollow: () => void
  #slab: Slab = { thickness: 0, mode: 'mean' }
  #round = 0
  /** Asked for last, and not whole yet. */
  #asked: number | undefined
  #coarse: { frame: number; answer: FrameAnswer } | undefined
  #isTelling = false

  constructor(
    view: number,
    planes: ReformatPlanes,
    image: InstanceImage,
    source: Source,
    onPicture: (frame: number) => void,
  ) {
    this.view = view
    this.planes = planes
    this.image = image
    this.#source = source
    this.#onPicture = onPicture
    this.#unfollow = source.resampler.follow(view, (picture) => this.#take(picture))
  }

  set slab(slab: Slab) {
    this.#slab = slab
    this.#round++
    this.#asked = undefined
    this.#coarse = undefined
    this.#made.clear()
  }

  close(): void {
    this.#unfollow()
  }

  /** What there is of it now; `onPicture` tells when there is more. */
  picture(frame: number): FrameAnswer | undefined {
    const whole = this.#made.get(frame)
    if (whole) return whole
    const { present } = this.#source
    if (present && this.#slab.thickness === 0) return this.#makeHere(present, frame)
    this.#ask(frame)
    return this.#coarse?.frame === frame ? this.#coarse.answer : undefined
  }

  /** One thin plane takes milliseconds: less than the way to the worker and back while that is being filled. */
  #makeHere(volume: VolumeData, frame: number): FrameAnswer | undefined {
    const plane = this.planes.planes[frame]
    if (!plane) return undefined
    const samples = samplesFor(this.image.samples.type, this.planes.rows * this.planes.columns)
    resample(volume, plane, this.planes, this.image.pixelPaddingValue ?? Number.NaN, samples)
    return this.#keep(frame, samples)
  }

  #keep(frame: number, samples: VolumeSamples, over?: Float32Array<ArrayBuffer>): FrameAnswer {
    const answer = { bytes: new Uint8Array(samples.buffer as ArrayBuffer), ...(over && { over }) }
    this.#made.set(frame, answer)
    const [oldest] = this.#made.keys()
    if (this.#made.size > KEPT && oldest !== undefined) this.#made.delete(oldest)
    return answer
  }

  #ask(frame: number): void {
    const plane = this.planes.planes[frame]
    // Who is told of a picture looks at it, and does not ask for it again.
    if (this.#asked === frame || this.#isTelling || !plane) return
    this.#asked = frame
    const { rows, columns, pixel, step } = this.planes
    this.#source.resampler.ask({
      ...{ view: this.view, frame, round: this.#round, plane, step, slab: this.#slab },
      size: { rows, columns, pixel },
      type: this.image.samples.type,
      outside: this.image.pixelPaddingValue ?? Number.NaN,
    })
  }

  #take({ frame, round, coarse, samples, over }: PlanePicture): void {
    if (round !== this.#round) return
    if (coarse) {
      const bytes = new Uint8Array(samples.buffer as ArrayBuffer)
      this.#coarse = { frame, answer: { bytes, coarse: true, ...(over && { over }) } }
    } else {
      if (this.#coarse?.frame === frame) this.#coarse = undefined
      if (this.#asked === frame) this.#asked = undefined
      this.#keep(frame, samples, over)
    }
    this.#isTelling = true
    this.#onPicture(frame)
    this.#isTelling = false
    // Its whole does not come any more: another one was asked for.
    if (coarse && this.#asked !== frame) this.#coarse = undefined
  }
}

/** Whole numbers are kept as stored, for all slices of them rescale alike; others as what they mean. */
export const isKeptAsStored = (type: InstanceImage['samples']['type']) => type !== 'float32'

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
