import type { StackFrame } from '#shared/imaging/displaySets.ts'
import { frameBytes, frameOf } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { outward } from '#shared/imaging/outward.ts'
import { paddingRange } from '#shared/imaging/paddingRange.ts'
import { type Reduction, reducedSlice } from '#shared/imaging/reducedVolume.ts'
import type { VolumeData, VolumeSamples } from '#shared/imaging/resample.ts'
import type { VolumeGeometry } from '#shared/imaging/volumeGeometry.ts'
import { type FrameStore, frameKey } from '../frameStore.ts'
import { type SampleArray, typedSamples } from '../samples.ts'
import { isKeptAsStored } from './reformatter.ts'
import { samplesFor } from './samplesFor.ts'

export interface VolumeInput {
  stack: readonly StackFrame[]
  geometry: VolumeGeometry
  reduction: Reduction
  type: InstanceImage['samples']['type']
}

interface VolumeListener {
  /** All slices are here already: the first pictures can be made of them at once, without a copy. */
  onPresent(volume: VolumeData): void
  /** A slice by its place in the volume, in memory of its own. */
  onSlice(at: number, samples: VolumeSamples, loaded: number): void
  onReady(): void
  onFailure(sentence: string): void
}

let volumes = 0
/** Slices are taken in bites: what was taken makes room for what comes. */
const BITE = 64

const AT_ONCE = 12

/** Hands the slices of a stack on as the page loads them. */
export class Volume {
  readonly #input: VolumeInput
  readonly #frames: FrameStore
  readonly #listener: VolumeListener
  readonly #waiting = new Map<string, number>()
  readonly #owner = `volume-${++volumes}`
  #stop: (() => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(frames: FrameStore, input: VolumeInput, listener: VolumeListener) {
    this.#frames = frames
    this.#input = input
    this.#listener = listener
    const { order } = input.geometry
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
    this.#want()
    this.#tellPresent()
    this.#takeSome()
  }

  #tellPresent(): void {
    const { geometry, reduction, type } = this.#input
    const slices = geometry.order.flatMap((_, slice) => {
      const item = this.#itemOf(slice)
      const answer = item && this.#frames.get(item)
      if (!item || !answer || !('bytes' in answer) || !isKeptAsStored(type)) return []
      const samples = typedSamples(item.image, answer.bytes)
      return samples instanceof Float64Array ? [] : samples
    })
    if (reduction === 1 && slices.length === geometry.order.length) this.#listener.onPresent({ geometry, slices })
  }

  /** What is here is copied in steps: the page stays quick meanwhile. */
  #takeSome(): void {
    const here = [...this.#waiting].filter(([, slice]) => {
      const item = this.#itemOf(slice)
      return item && this.#frames.get(item) !== undefined
    })
    for (const [key] of here.slice(0, AT_ONCE)) this.#take(key)
    if (here.length > AT_ONCE) this.#timer = setTimeout(() => this.#takeSome())
  }

  close(): void {
    this.#stop?.()
    this.#stop = undefined
    clearTimeout(this.#timer)
    this.#waiting.clear()
    this.#frames.want(this.#owner, [])
  }

  #itemOf(slice: number): StackFrame | undefined {
    const { stack, geometry } = this.#input
    return stack[geometry.order[slice] ?? -1]
  }

  #want(): void {
    this.#frames.want(
      this.#owner,
      [...this.#waiting.values()].flatMap((slice) => {
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
    this.#waiting.delete(key)
    const loaded = this.#input.geometry.order.length - this.#waiting.size
    this.#listener.onSlice(slice, this.#sliceOf(item, typedSamples(item.image, answer.bytes)), loaded)
    if (this.#waiting.size === 0) {
      this.#frames.want(this.#owner, [])
      this.#listener.onReady()
    } else if (this.#stop && this.#waiting.size % BITE === 0) this.#want()
  }

  #sliceOf({ image, frame }: StackFrame, samples: SampleArray): VolumeSamples {
    const { reduction, type } = this.#input
    const asStored = isKeptAsStored(type)
    if (reduction === 1 && asStored && !(samples instanceof Float64Array)) return samples.slice()
    // Each slice has a rescale of its own, floating ones too: a parametric map may differ from frame to frame.
    const values = asStored ? samples : valuesOf(samples, image, frame)
    if (reduction === 1) return values as Float32Array
    const { padding } = this.#input.geometry
    return reducedSlice(values, image.columns, image.rows, reduction, (length) => samplesFor(type, length), padding)
  }

  #fail(sentence: string): void {
    this.close()
    this.#listener.onFailure(sentence)
  }
}

/** In the unit of the modality; padding becomes not a number, for another slice may have values where this one has padding. */
function valuesOf(samples: SampleArray, image: InstanceImage, frame: number): Float32Array {
  const { slope, intercept } = frameOf(image, frame)
  const padding = paddingRange(image)
  if (!padding) return Float32Array.from(samples, (value) => value * slope + intercept)
  const { min, max } = padding
  return Float32Array.from(samples, (value) => (value >= min && value <= max ? Number.NaN : value * slope + intercept))
}

/** The geometry with what its samples, kept as `type`, have for padding. */
export function withPadding(
  geometry: VolumeGeometry,
  stack: readonly StackFrame[],
  type: InstanceImage['samples']['type'],
): VolumeGeometry {
  const padding = stack.flatMap(({ image }) => paddingRange(image) ?? [])[0]
  if (!padding) return geometry
  return {
    ...geometry,
    padding: isKeptAsStored(type) ? padding : { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY },
  }
}
