import { create } from 'zustand'
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
}

/** Where the measurements of the open studies stand, for the foot of the panel. */
export const useKeeping = create<Keeping>(() => ({ state: 'kept', at: undefined, message: '' }))

/** A drag is many changes; the archive takes them as one. */
const SETTLE_MS = 250
const RETRY_MS = 3000
const MAXIMUM_AT_ONCE = 500
const STUDIES_AT_ONCE = 64
const GONE = 'The image that they lie on is no longer on this workstation.'

/** As the archive has them. */
let kept = new Map<string, Measurement>()
let timer: ReturnType<typeof setTimeout> | undefined
let running: Promise<void> | undefined

/** From now on every change goes to the archive by itself. */
export function keepMeasurements(): void {
  useMeasurements.subscribe(({ items }, before) => {
    if (items !== before.items) schedule(SETTLE_MS)
  })
  window.addEventListener('pagehide', () => void keepNow())
}

/** Takes up what the archive has of these studies, after what is still to be written has been. */
export async function loadMeasurements(studyIds: readonly number[]): Promise<void> {
  await keepNow()
  const found: KeptMeasurement[] = []
  for (let at = 0; at < studyIds.length; at += STUDIES_AT_ONCE) {
    const some = studyIds.slice(at, at + STUDIES_AT_ONCE)
    found.push(...(await callQuery('measurements', 'list', { studyIds: some })))
  }
  const items = found.map(measurementOf)
  const known = new Set(items.map(({ id }) => id))
  // Drawn meanwhile, or never taken by the archive: these still wait to be written.
  const unwritten = changes().changed.filter(({ id }) => !known.has(id))
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
  const changed = items.filter((item) => kept.get(item.id) !== item).slice(0, MAXIMUM_AT_ONCE)
  const removed = [...kept.keys()].filter((id) => !present.has(id)).slice(0, MAXIMUM_AT_ONCE)
  return { changed, removed, count: changed.length + removed.length }
}

async function keepNow(): Promise<void> {
  clearTimeout(timer)
  // One after the other: an older state never overtakes a newer one.
  await running
  const { changed, removed, count } = changes()
  if (count === 0) return
  running = write(changed, removed)
  await running
  running = undefined
}

async function write(changed: readonly Measurement[], removed: readonly string[]): Promise<void> {
  try {
    const { saved } =
      changed.length > 0 ? await client.measurements.save({ measurements: changed.map(savedOf) }) : { saved: 0 }
    if (removed.length > 0) await client.measurements.remove({ measurementIds: [...removed] })
    for (const item of changed) kept.set(item.id, item)
    for (const id of removed) kept.delete(id)
    if (saved < changed.length) useKeeping.setState({ state: 'failed', message: GONE })
    else useKeeping.setState({ state: 'kept', at: Date.now(), message: '' })
    schedule(SETTLE_MS)
  } catch (error) {
    const message = error instanceof Error ? error.message : 'The workstation does not answer.'
    useKeeping.setState({ state: 'failed', message: `${message} It is tried again.` })
    timer = setTimeout(() => void keepNow(), RETRY_MS)
  }
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
  const key = reformat ? reformatKey(seriesId, reformat.axis, reformat.position) : frameKey(rest)
  return { id: measurementId, key, setKey, ...rest }
}
