import { create } from 'zustand'
import { type MeasuredValue, type MeasurementKind, measure } from '#shared/imaging/measurement.ts'
import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'
import type { Picture } from './cornerstone.ts'

export interface Measurement {
  id: string
  kind: MeasurementKind
  /** Image that it lies on: `neg:<instance>:<frame>`. */
  key: string
  /** Stack that it was made in, to jump back to. */
  seriesId: number
  setKey: string
  points: readonly ImagePoint[]
  measured: MeasuredValue
}

interface Measurements {
  items: readonly Measurement[]
  selected: string | undefined
}

/** Measurements of this session, by image. */
export const useMeasurements = create<Measurements>(() => ({ items: [], selected: undefined }))

export function addMeasurement(
  kind: MeasurementKind,
  points: readonly ImagePoint[],
  picture: Picture,
  place: { seriesId: number; setKey: string },
): Measurement | undefined {
  const measured = measure(kind, points, picture.image, picture.frame, picture.samples)
  if (!measured) return undefined
  const item: Measurement = { id: crypto.randomUUID(), kind, key: picture.key, ...place, points, measured }
  useMeasurements.setState(({ items }) => ({ items: [...items, item], selected: item.id }))
  return item
}

export function moveMeasurement(id: string, points: readonly ImagePoint[], picture: Picture): void {
  useMeasurements.setState(({ items }) => ({
    items: items.map((item) => {
      if (item.id !== id || item.key !== picture.key) return item
      const measured = measure(item.kind, points, picture.image, picture.frame, picture.samples)
      return measured ? { ...item, points, measured } : item
    }),
  }))
}

export function selectMeasurement(id: string | undefined): void {
  useMeasurements.setState({ selected: id })
}

export function deleteMeasurement(id: string): void {
  useMeasurements.setState(({ items, selected }) => ({
    items: items.filter((item) => item.id !== id),
    selected: selected === id ? undefined : selected,
  }))
}

/** Puts a deleted one back where it stood in the list. */
export function restoreMeasurement(item: Measurement, position: number): void {
  useMeasurements.setState(({ items }) => ({ items: items.toSpliced(position, 0, item), selected: item.id }))
}
