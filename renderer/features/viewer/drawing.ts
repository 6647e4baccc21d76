import { create } from 'zustand'
import { type MeasurementKind, pointsOf } from '#shared/imaging/measurement.ts'
import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'
import { addMeasurement } from '../../viewer/measurements.ts'
import type { Tile } from '../../viewer/tile.ts'

interface Draft {
  tile: Tile
  kind: MeasurementKind
  key: string
  /** The last one follows the pointer. */
  points: readonly ImagePoint[]
}

/** The measurement that is being drawn. Dragging and clicking from point to point both work. */
export const useDraft = create<{ draft: Draft | undefined }>(() => ({ draft: undefined }))

export function isDrawing(tile: Tile): boolean {
  return useDraft.getState().draft?.tile === tile
}

export function begin(tile: Tile, kind: MeasurementKind, at: ImagePoint): void {
  const picture = tile.picture()
  if (!picture) return
  useDraft.setState({ draft: { tile, kind, key: picture.key, points: kind === 'probe' ? [at] : [at, at] } })
}

export function follow(at: ImagePoint): void {
  useDraft.setState(({ draft }) => ({ draft: draft && { ...draft, points: [...draft.points.slice(0, -1), at] } }))
}

/** Fixes the point under the pointer; the last one ends the drawing. */
export function pin(at: ImagePoint): void {
  follow(at)
  const { draft } = useDraft.getState()
  if (!draft) return
  if (draft.points.length < pointsOf[draft.kind]) {
    useDraft.setState({ draft: { ...draft, points: [...draft.points, at] } })
    return
  }
  cancel()
  const picture = draft.tile.picture()
  const { source } = draft.tile.state
  // The image changed under the pointer: what was drawn belongs to neither.
  if (!picture || picture.key !== draft.key || !source || isPoint(draft)) return
  addMeasurement(draft.kind, draft.points, picture, { seriesId: source.series.seriesId, setKey: source.set.key })
}

export function cancel(): void {
  if (useDraft.getState().draft) useDraft.setState({ draft: undefined })
}

function isPoint({ kind, points }: Draft): boolean {
  const [a, b] = points
  return kind !== 'probe' && (!a || !b || Math.hypot(a[0] - b[0], a[1] - b[1]) < 0.25)
}
