import { create } from 'zustand'
import type { MeasuredReformat } from '#shared/contract/measurements.ts'
import { calibratedImage } from '#shared/imaging/calibratedImage.ts'
import { frameOf } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import {
  type MeasuredArea,
  type MeasuredValue,
  type MeasurementKind,
  measuredValue,
} from '#shared/imaging/measuredValue.ts'
import { measure } from '#shared/imaging/measurement.ts'
import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'
import type { Picture } from './cornerstone.ts'
import { lieKey } from './liesOn.ts'
import { overValue } from './mpr/fusionState.ts'

export interface Measurement {
  id: string
  kind: MeasurementKind
  instanceId: number
  /** From 0, within the instance. */
  frame: number
  /** Picture that it lies on: `neg:<instance>:<frame>`, or a plane of a volume. */
  key: string
  /** Stack that it was made in, to jump back to. */
  seriesId: number
  setKey: string
  points: readonly ImagePoint[]
  name: string
  hidden: boolean
  /** How far its words were moved, in pixels of the image. */
  moved: ImagePoint | null
  /** Of a calibration's line. */
  knownMm: number
  /** Where it lies on a plane of a volume. */
  reformat?: MeasuredReformat | undefined
  measured: MeasuredValue
}

interface Measurements {
  items: readonly Measurement[]
  selected: string | undefined
  /** For undo and redo: the lists before and after this one. */
  past: readonly (readonly Measurement[])[]
  future: readonly (readonly Measurement[])[]
}

const MAXIMUM_STEPS = 200

/** Measurements of the open studies, by image. */
export const useMeasurements = create<Measurements>(() => ({ items: [], selected: undefined, past: [], future: [] }))

let lastGesture: string | undefined

/** Changes of one gesture (a drag) are one step back. */
function change(next: (items: readonly Measurement[]) => readonly Measurement[], gesture?: string): void {
  const joins = gesture !== undefined && gesture === lastGesture
  lastGesture = gesture
  useMeasurements.setState(({ items, past }) => ({
    items: next(items),
    past: joins ? past : [...past, items].slice(-MAXIMUM_STEPS),
    future: [],
  }))
}

/** What the archive has of the studies that are opened now; what was measured before belongs to others. */
export function setMeasurements(items: readonly Measurement[]): void {
  lastGesture = undefined
  useMeasurements.setState({ items, selected: undefined, past: [], future: [] })
}

/** The image with the scale that somebody gave it. */
export function scaledImage(image: InstanceImage, instanceId: number): InstanceImage {
  // Its millimetres are those of the volume.
  if (image.reformat) return image
  const set = useMeasurements
    .getState()
    .items.findLast((item) => item.kind === 'calibration' && item.instanceId === instanceId)
  if (!set) return image
  const known = scaled.get(set)
  if (known?.of === image) return known.image
  const made = calibratedImage(image, set.points, set.knownMm)
  scaled.set(set, { of: image, image: made })
  return made
}
const scaled = new WeakMap<Measurement, { of: InstanceImage; image: InstanceImage }>()

/** As it is on the image that is drawn. The scale holds for everything but the line that sets it. */
export function measureOn(
  picture: Picture,
  kind: MeasurementKind,
  points: readonly ImagePoint[],
  knownMm = 0,
): MeasuredValue | undefined {
  const { image, frame, samples } = picture
  const of = kind === 'calibration' ? image : scaledImage(image, instanceOf(picture))
  const measured = measure(kind, points, of, frame, samples, knownMm)
  const over = measured?.kind === 'probe' && picture.over && overValue(picture.over, image, measured)
  return over ? { ...measured, over } : measured
}

/** Items whose value is that of their pixels. */
const told = new WeakSet<Measurement>()

/** What was saved is told anew, once its pixels are here. No step of undo. */
export function tellAnew(picture: Picture): void {
  const { items } = useMeasurements.getState()
  const key = lieKey(picture)
  const next = items.map((item) => {
    if (item.key !== key || told.has(item)) return item
    // What is still being made has no values to tell.
    if (picture.coarse) return item
    const measured = measureOn(picture, item.kind, item.points, item.knownMm)
    const same = !measured || isSame(measured, item.measured)
    const current = same ? item : { ...item, measured }
    told.add(current)
    return current
  })
  if (next.some((item, at) => item !== items[at])) useMeasurements.setState({ items: next })
}

/** The schema puts both in one order. */
function isSame(a: MeasuredValue, b: MeasuredValue): boolean {
  return JSON.stringify(measuredValue.parse(a)) === JSON.stringify(measuredValue.parse(b))
}

export function addMeasurement(
  kind: MeasurementKind,
  points: readonly ImagePoint[],
  picture: Picture,
  place: { seriesId: number; setKey: string },
  said: { name?: string; knownMm?: number } = {},
): void {
  const { name = '', knownMm = 0 } = said
  const measured = measureOn(picture, kind, points, knownMm)
  if (!measured) return
  const { frame } = picture
  const key = lieKey(picture)
  const instanceId = instanceOf(picture)
  const reformat = reformatOf(picture)
  const id = crypto.randomUUID()
  const made = {
    id,
    kind,
    instanceId,
    frame: reformat ? 0 : frame,
    key,
    ...(reformat && { reformat }),
    ...place,
    points,
    name,
    hidden: false,
    moved: null,
    knownMm,
    measured,
  }
  if (!picture.coarse) told.add(made)
  change((items) => [
    // One scale an image: the new one takes the place of the one before.
    ...items.filter((item) => kind !== 'calibration' || item.kind !== kind || item.instanceId !== instanceId),
    made,
  ])
  useMeasurements.setState({ selected: id })
  if (kind === 'calibration') remeasure(instanceId, picture.image)
}

export function moveMeasurement(id: string, points: readonly ImagePoint[], picture: Picture, gesture: string): void {
  let scale = false
  const key = lieKey(picture)
  change(
    (items) =>
      items.map((item) => {
        if (item.id !== id || item.key !== key) return item
        scale ||= item.kind === 'calibration'
        const measured = measureOn(picture, item.kind, points, item.knownMm)
        if (!measured) return item
        const moved = { ...item, points, measured }
        if (!picture.coarse) told.add(moved)
        return moved
      }),
    gesture,
  )
  if (scale) remeasure(instanceOf(picture), picture.image)
}

/** Changes name, words or visibility of one. */
export function amendMeasurement(
  id: string,
  part: Partial<Pick<Measurement, 'name' | 'hidden' | 'moved'>>,
  gesture?: string,
): void {
  change((items) => items.map((item) => (item.id === id ? { ...item, ...part } : item)), gesture)
}

export function selectMeasurement(id: string | undefined): void {
  useMeasurements.setState({ selected: id })
}

/** `image`, as the file has it, has to be known where a calibration goes: what it scaled is told anew at once. */
export function deleteMeasurement(id: string, image?: InstanceImage, gesture?: string): void {
  const item = useMeasurements.getState().items.find((each) => each.id === id)
  if (!item) return
  const rescale = rescaleBy(item, image)
  change((items) => items.filter((each) => each !== item), gesture)
  useMeasurements.setState(({ selected }) => ({ selected: selected === id ? undefined : selected }))
  rescale()
}

/** Puts a deleted one back where it stood in the list. */
export function restoreMeasurement(item: Measurement, position: number, image?: InstanceImage): void {
  const rescale = rescaleBy(item, image)
  // One scale an image, also where another one was set meanwhile.
  const other = (each: Measurement) => each.kind === 'calibration' && each.instanceId === item.instanceId
  change((items) =>
    items.toSpliced(position, 0, item).filter((each) => each === item || item.kind !== 'calibration' || !other(each)),
  )
  useMeasurements.setState({ selected: item.id })
  rescale()
}

/** Told before anything changes: a length must never keep the millimetres of a scale that is gone. */
function rescaleBy({ kind, instanceId }: Measurement, image: InstanceImage | undefined): () => void {
  if (kind !== 'calibration') return () => {}
  if (!image) throw new RangeError('A calibration comes and goes only where its image is known')
  return () => remeasure(instanceId, image)
}

/** Steps back; false when there is nothing. */
export function undo(): boolean {
  const { past, items, future } = useMeasurements.getState()
  const before = past.at(-1)
  if (!before) return false
  lastGesture = undefined
  useMeasurements.setState({ items: before, past: past.slice(0, -1), future: [items, ...future] })
  return true
}

export function redo(): boolean {
  const { past, items, future } = useMeasurements.getState()
  const [after, ...rest] = future
  if (!after) return false
  lastGesture = undefined
  useMeasurements.setState({ items: after, past: [...past, items], future: rest })
  return true
}

/** After the scale of an instance has changed. Values of pixels stay: only their place in the body is told anew. */
function remeasure(instanceId: number, image: InstanceImage): void {
  const of = scaledImage(image, instanceId)
  useMeasurements.setState(({ items }) => ({
    items: items.map((item) => {
      if (item.instanceId !== instanceId || item.kind === 'calibration' || item.reformat) return item
      const next = measure(item.kind, item.points, of, item.frame, undefined)
      if (!next || next.kind === 'probe') return item
      const kept = 'statistics' in next && 'statistics' in item.measured ? countedOf(item.measured) : {}
      return { ...item, measured: { ...next, ...kept } as MeasuredValue }
    }),
  }))
}

/** The one that it is kept with: of a plane of a volume, an image of the stack. */
const instanceOf = ({ key, image }: Picture) => image.reformat?.sourceInstanceId ?? Number(key.split(':')[1])

function reformatOf({ image, frame }: Picture): MeasuredReformat | undefined {
  const { plane, spacing } = frameOf(image, frame)
  if (!image.reformat || !plane || !spacing) return undefined
  const { axis } = image.reformat
  return { axis, ...plane, pixel: spacing[0], frameOfReferenceUID: image.frameOfReferenceUID }
}

function countedOf({ statistics, pixels, paddingPixels }: MeasuredArea) {
  return { statistics, pixels, ...(paddingPixels ? { paddingPixels } : {}) }
}
