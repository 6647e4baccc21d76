import { create } from 'zustand'
import { ApiError } from '#shared/contract/errors.ts'
import type { KeptMeasurement, SavedMeasurement } from '#shared/contract/measurements.ts'
import { client } from '../api/client.ts'
import { callQuery } from '../api/useQueryOperation.ts'
import { frameKey } from './frameStore.ts'
import { reformatKey } from './liesOn.ts'
import { type Measurement, setMeasurements, useMeasurements } from './measurements.ts'

interface Keeping {
  state: 'kept' | 'keeping' | 'failed'
  /** When the archive last took a change. */
  at: number | undefined
  /** Why it does not. */
  message: string
  /** What it does not take as it is; everything else is kept all the same. */
  refused: readonly { item: Measurement; why: string }[]
}

/** Where the measurements of the open studies stand, for the foot of the panel. */
export const useKeeping = create<Keeping>(() => ({ state: 'kept', at: undefined, message: '', refused: [] }))

/** A drag is many changes; the archive takes them as one. */
const SETTLE_MS = 250
const RETRY_MS = 3000
/** A freehand line is 80 KB: together they stay below the longest message. */
const SAVED_AT_ONCE = 50
const REMOVED_AT_ONCE = 500
const STUDIES_AT_ONCE = 64
const GONE = 'The image that they lie on is no longer on this workstation.'

/** As the archive has them. */
let kept = new Map<string, Measurement>()
/** Asked again only once it is another one. */
const refusals = new WeakMap<Measurement, string>()
let timer: ReturnType<typeof setTimeout> | undefined
let writing = Promise.resolve()
let loads = 0

const keptListeners = new Set<() => void>()

/** Told each time that the archive took a change. */
export function onKept(listener: () => void): void {
  keptListeners.add(listener)
}

/** From now on every change goes to the archive by itself. */
export function keepMeasurements(): void {
  useMeasurements.subscribe(({ items }, before) => {
    if (items === before.items) return
    tellRefused()
    schedule(SETTLE_MS)
  })
  window.addEventListener('pagehide', () => void keepNow())
}

/**
 * Takes up what the archive has of these studies, after what is still to be written has been. The last call wins: what was
 * asked before may be of studies that are no longer open.
 */
export async function loadMeasurements(studyIds: readonly number[]): Promise<void> {
  loads += 1
  const own = loads
  await keepNow()
  const found: KeptMeasurement[] = []
  for (let at = 0; at < studyIds.length && own === loads; at += STUDIES_AT_ONCE) {
    const some = studyIds.slice(at, at + STUDIES_AT_ONCE)
    found.push(...(await callQuery('measurements', 'list', { studyIds: some })))
  }
  if (own !== loads) return
  const items = found.map(measurementOf)
  const known = new Set(items.map(({ id }) => id))
  // Drawn meanwhile, or never taken by the archive: these still wait to be written.
  const unwritten = useMeasurements.getState().items.filter((item) => kept.get(item.id) !== item && !known.has(item.id))
  kept = new Map(items.map((item) => [item.id, item]))
  setMeasurements([...items, ...unwritten])
}

function schedule(delayMs: number): void {
  if (changes().count === 0) return
  useKeeping.setState({ state: 'keeping' })
  clearTimeout(timer)
  timer = setTimeout(() => void keepNow(), delayMs)
}

function changes() {
  const { items } = useMeasurements.getState()
  const present = new Set(items.map(({ id }) => id))
  const changed = items.filter((item) => kept.get(item.id) !== item && !refusals.has(item))
  const removed = [...kept.keys()].filter((id) => !present.has(id))
  return { changed, removed, count: changed.length + removed.length }
}

/** What waits is written, one after the other: an older state never overtakes a newer one. Resolves once it is. */
export function keepNow(): Promise<void> {
  clearTimeout(timer)
  writing = writing.then(write)
  return writing
}

/** Never rejects. */
async function write(): Promise<void> {
  const { changed, removed, count } = changes()
  if (count === 0) {
    // Changed and changed back.
    if (useKeeping.getState().state === 'keeping') useKeeping.setState({ state: 'kept', message: '' })
    return
  }
  try {
    const some = removed.slice(0, REMOVED_AT_ONCE)
    if (some.length > 0) await client.measurements.remove({ measurementIds: some })
    for (const id of some) kept.delete(id)
    const isWhole = await save(changed.slice(0, SAVED_AT_ONCE))
    tellRefused()
    for (const listener of keptListeners) listener()
    if (isWhole) useKeeping.setState({ state: 'kept', at: Date.now(), message: '' })
    else useKeeping.setState({ state: 'failed', message: GONE })
    schedule(SETTLE_MS)
  } catch (error) {
    const message = error instanceof Error ? error.message : 'The workstation does not answer.'
    useKeeping.setState({ state: 'failed', message: `${message} It is tried again.` })
    timer = setTimeout(() => void keepNow(), RETRY_MS)
  }
}

/** One that is refused does not hold up the others: each half is asked alone. False where an image is gone. */
async function save(items: readonly Measurement[]): Promise<boolean> {
  const [first] = items
  if (!first) return true
  try {
    const { saved } = await client.measurements.save({ measurements: items.map(savedOf) })
    for (const item of items) kept.set(item.id, item)
    return saved === items.length
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'invalid-input') throw error
    if (items.length === 1) {
      refusals.set(first, refusalOf(error))
      return true
    }
    const half = Math.ceil(items.length / 2)
    const isWhole = await save(items.slice(0, half))
    return (await save(items.slice(half))) && isWhole
  }
}

function tellRefused(): void {
  const { items } = useMeasurements.getState()
  const refused = items.flatMap((item) => {
    const why = refusals.get(item)
    return why === undefined ? [] : { item, why }
  })
  if (refused.length > 0 || useKeeping.getState().refused.length > 0) useKeeping.setState({ refused })
}

/** Only the contract's own sentences are for people. */
function refusalOf({ field, message }: ApiError): string {
  return field?.endsWith('.name') ? message : 'Its values are out of bounds.'
}

function savedOf(item: Measurement): SavedMeasurement {
  const { id, instanceId, frame, kind, points, name, hidden, moved, knownMm, measured, reformat } = item
  const copy = (point: readonly [number, number]): [number, number] => [point[0], point[1]]
  return {
    ...{ measurementId: id, instanceId, frame, kind, points: points.map(copy), name, hidden, knownMm, measured },
    moved: moved && copy(moved),
    ...(reformat && { reformat }),
  }
}

function measurementOf({ measurementId, frames, ...rest }: KeptMeasurement): Measurement {
  const { seriesId, instanceId, reformat } = rest
  const setKey = frames > 1 ? `${seriesId}/${instanceId}` : `${seriesId}`
  const key = reformat ? reformatKey(seriesId, reformat.axis, reformat) : frameKey(rest)
  return { id: measurementId, key, setKey, ...rest }
}
