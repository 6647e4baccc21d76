import type { StackFrame } from '#shared/imaging/displaySets.ts'
import { frameBytes, frameOf } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { outward } from '#shared/imaging/outward.ts'
import { type Reduction, reducedGeometry, reducedSlice } from '#shared/imaging/reducedVolume.ts'
import type { VolumeData, VolumeSamples } from '#shared/imaging/resample.ts'
import type { VolumeGeometry } from '#shared/imaging/volumeGeometry.ts'
import { type FrameStore, frameKey } from '../frameStore.ts'
import { type SampleArray, typedSamples } from '../samples.ts'
import { samplesFor } from './reformatter.ts'

export interface VolumeInput {
  stack: readonly StackFrame[]
  geometry: VolumeGeometry
  reduction: Reduction
  type: InstanceImage['samples']['type']
}

interface VolumeListener {
  onProgress(loaded: number): void
  onReady(volume: VolumeData): void
  onFailure(sentence: string): void
}

const OWNER = 'volume'
/** A reduced volume takes slices in bites: what is reduced makes room for what comes. */
const BITE = 32

/** Gathers the slices of a stack from the frames that the page loads. Full size keeps no copy of them. */
export class Volume {
  readonly #input: VolumeInput
  readonly #frames: FrameStore
  readonly #listener: VolumeListener
  readonly #slices: (VolumeSamples | undefined)[]
  readonly #waiting = new Map<string, number>()
  #stop: (() => void) | undefined

  constructor(frames: FrameStore, input: VolumeInput, listener: VolumeListener) {
    this.#frames = frames
    this.#input = input
    this.#listener = listener
    const { order } = input.geometry
    this.#slices = order.map(() => undefined)
    for (const slice of outward(order.length, order.length >> 1)) {
      const item = this.#itemOf(slice)
      if (item) this.#waiting.set(frameKey(item), slice)
    }
  }

  start(): void {
    this.#stop = this.#frames.subscribe((key) => {
      if (key === '') this.#fail('The images do not arrive: the workstation does not answer.')
      else if (this.#waiting.has(key)) this.#take(key)
    })
    for (const key of [...this.#waiting.keys()]) this.#take(key)
    this.#want()
  }

  close(): void {
    this.#stop?.()
    this.#stop = undefined
    this.#waiting.clear()
    this.#slices.fill(undefined)
    this.#frames.want(OWNER, [])
  }

  #itemOf(slice: number): StackFrame | undefined {
    const { stack, geometry } = this.#input
    return stack[geometry.order[slice] ?? -1]
  }

  /** Full size: all slices stay wanted, so that none is thrown away while the volume is open. */
  #want(): void {
    const { reduction, geometry } = this.#input
    const slices =
      reduction === 1 ? outward(geometry.order.length, geometry.order.length >> 1) : [...this.#waiting.values()]
    this.#frames.want(
      OWNER,
      slices.flatMap((slice) => {
        const item = this.#itemOf(slice)
        return item ? { instanceId: item.instanceId, frame: item.frame, bytes: frameBytes(item.image) } : []
      }),
    )
  }

  #take(key: string): void {
    const slice = this.#waiting.get(key)
    const item = slice === undefined ? undefined : this.#itemOf(slice)
    const answer = item && this.#frames.get(item)
    if (slice === undefined || !item || !answer) return
    if ('failure' in answer) {
      this.#fail(answer.failure)
      return
    }
    this.#slices[slice] = this.#sliceOf(item, typedSamples(item.image, answer.bytes))
    this.#waiting.delete(key)
    const total = this.#slices.length
    this.#listener.onProgress(total - this.#waiting.size)
    if (this.#waiting.size === 0) this.#ready()
    else if (this.#stop && this.#input.reduction > 1 && this.#waiting.size % BITE === 0) this.#want()
  }

  #sliceOf({ image, frame }: StackFrame, samples: SampleArray): VolumeSamples {
    const { reduction, type } = this.#input
    const asStored = type === image.samples.type
    if (reduction === 1 && asStored && !(samples instanceof Float64Array)) return samples
    const { slope, intercept } = frameOf(image, frame)
    const values = asStored ? samples : Float32Array.from(samples, (value) => value * slope + intercept)
    if (reduction === 1) return values as Float32Array
    return reducedSlice(values, image.columns, image.rows, reduction, (length) => samplesFor(type, length))
  }

  #ready(): void {
    const slices = this.#slices.flatMap((slice) => slice ?? [])
    const { geometry, reduction } = this.#input
    if (reduction > 1) this.#frames.want(OWNER, [])
    this.#listener.onReady({ geometry: reducedGeometry(geometry, reduction), slices })
  }

  #fail(sentence: string): void {
    this.close()
    this.#listener.onFailure(sentence)
  }
}
