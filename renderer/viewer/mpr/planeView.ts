import type { DisplaySet, StackFrame } from '#shared/imaging/displaySets.ts'
import { frameOf } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import {
  type PlaneDirections,
  planesAlong,
  type ReformatAxis,
  type ReformatPlanes,
} from '#shared/imaging/reformatPlanes.ts'
import type { VolumeData } from '#shared/imaging/resample.ts'
import type { Vector3 } from '#shared/imaging/vector.ts'
import type { VolumeGeometry } from '#shared/imaging/volumeGeometry.ts'
import { frames } from '../session.ts'
import type { TileSource } from '../tile.ts'
import { isKeptAsStored, Reformatter, type valuesOf } from './reformatter.ts'
import type { Slab } from './resampleMessage.ts'
import type { Resampler } from './resampler.ts'

/** What all planes of a volume are made of. */
export interface PlaneMaker {
  geometry: VolumeGeometry
  stack: readonly StackFrame[]
  source: TileSource
  values: ReturnType<typeof valuesOf>
  resampler: Resampler
  slab: Slab
  /** The volume as the page has it, until the one beside the page is complete. */
  present?: VolumeData | undefined
}

/** The planes of a volume in one direction, as the stack of a tile. */
export interface PlaneView {
  axis: ReformatAxis
  directions: PlaneDirections
  reformatter: Reformatter
  set: DisplaySet
  end(): void
}

/** Pictures that no archive has count down from here. */
let madeInstances = 0

/** `point`: one of the planes goes through it. */
export function planeView(
  maker: PlaneMaker,
  axis: ReformatAxis,
  directions: PlaneDirections,
  point?: Vector3,
): PlaneView {
  return viewOf(maker, directions, planesAlong(maker.geometry, axis, directions, point))
}

export function viewOf(maker: PlaneMaker, directions: PlaneDirections, planes: ReformatPlanes): PlaneView {
  const { axis } = planes
  const { geometry, stack, source, slab } = maker
  const middle = stack[geometry.order[geometry.order.length >> 1] ?? 0] ?? stack[0]
  if (!middle) throw new RangeError('a volume without slices')
  const instanceId = -++madeInstances
  const image = imageOf(planes, middle, maker)
  const reformatter = new Reformatter(instanceId, planes, image, maker, (frame) =>
    frames.announce({ instanceId, frame }),
  )
  reformatter.slab = slab
  const forget = frames.provide(instanceId, (frame) => reformatter.picture(frame))
  const set = {
    key: `mpr/${instanceId}`,
    seriesId: source.set.seriesId,
    images: [{ instanceId, image }],
    clip: false,
  }
  const end = () => {
    forget()
    reformatter.close()
  }
  return { axis, directions, reformatter, set, end }
}

/** What the viewer must know of the pictures along an axis: everything as in the stack but size and place. */
function imageOf(
  { axis, rows, columns, pixel, planes }: ReformatPlanes,
  { image, frame, instanceId }: StackFrame,
  { source, values: { type, outside } }: PlaneMaker,
): InstanceImage {
  const { slope, intercept, windows } = frameOf(image, frame)
  const asStored = isKeptAsStored(type)
  const { shutter: _, overlayPlanes: __, pixelPaddingLimit: ___, ...kept } = image
  return {
    ...kept,
    ...{ rows, columns, frames: planes.length, pixelAspect: 1, pixelPaddingValue: outside },
    samples: { type, inverted: image.samples.inverted },
    spacingNote: [image.spacingNote, 'reformatted'].filter(Boolean).join(', '),
    frameTimeMs: null,
    frameTimeVectorMs: null,
    perFrame: planes.map((plane) => ({
      ...{ plane, windows, spacing: [pixel, pixel] as [number, number] },
      slope: asStored ? slope : 1,
      intercept: asStored ? intercept : 0,
    })),
    reformat: { axis, seriesId: source.series.seriesId, sourceInstanceId: instanceId },
  }
}
