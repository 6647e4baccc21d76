import { create } from 'zustand'
import { type MeasurementKind, pointsOf } from '#shared/imaging/measuredValue.ts'
import { type ImagePoint, pointSpacing } from '#shared/imaging/pointSpacing.ts'
import { showToast } from '../../ui/toast.ts'
import type { Picture } from '../../viewer/cornerstone.ts'
import { addMeasurement, measureOn, scaledImage } from '../../viewer/measurements.ts'
import { withShortAxis } from '../../viewer/perpendicular.ts'
import { setTool } from '../../viewer/session.ts'
import type { Tile } from '../../viewer/tile.ts'
import { isCollapsed } from './collapsed.ts'
import { ask } from './question.ts'

interface Draft {
  tile: Tile
  kind: MeasurementKind
  key: string
  /** The last one follows the pointer. */
  points: readonly ImagePoint[]
}

/** Freehand lines take a point each time that the pointer has gone this far, in CSS pixels. */
const FREEHAND_PX = 3
const FREEHAND_POINTS = 1500
/** Points of a heart score at most: a spine has no more vertebrae than this. */
const MOST_VERTEBRAE = 24
const guided = new Set<MeasurementKind>(['heartScore', 'norberg', 'plateau'])
const single = new Set<MeasurementKind>(['probe', 'text', 'freehand'])

/** The measurement that is being drawn. Dragging and clicking from point to point both work. */
export const useDraft = create<{ draft: Draft | undefined }>(() => ({ draft: undefined }))

export function isDrawing(tile: Tile): boolean {
  return useDraft.getState().draft?.tile === tile
}

export function begin(tile: Tile, kind: MeasurementKind, at: ImagePoint): void {
  // What is drawn lies on one image of a clip.
  tile.cine.pause()
  const picture = tile.picture()
  if (!picture) return
  if (kind === 'calibration' && picture.image.reformat) {
    showToast({ tone: 'warn', message: 'This plane has the scale of its volume. Calibrate on an image of the stack.' })
    return
  }
  useDraft.setState({ draft: { tile, kind, key: picture.key, points: single.has(kind) ? [at] : [at, at] } })
}

export function follow(at: ImagePoint): void {
  const { draft } = useDraft.getState()
  if (!draft) return
  if (draft.kind !== 'freehand') {
    useDraft.setState({ draft: { ...draft, points: [...draft.points.slice(0, -1), at] } })
    return
  }
  const last = draft.points.at(-1)
  const far = !last || Math.hypot(at[0] - last[0], at[1] - last[1]) * draft.tile.state.scale >= FREEHAND_PX
  if (far && draft.points.length < FREEHAND_POINTS)
    useDraft.setState({ draft: { ...draft, points: [...draft.points, at] } })
}

/** Fixes the point under the pointer; the last one ends the drawing. */
export function pin(at: ImagePoint): void {
  follow(at)
  const { draft } = useDraft.getState()
  if (!draft) return
  if (draft.kind !== 'freehand' && !isEnough(draft)) {
    useDraft.setState({ draft: { ...draft, points: [...draft.points, at] } })
    return
  }
  cancel()
  const picture = draft.tile.picture()
  // The image changed under the pointer: what was drawn belongs to neither.
  if (!picture || picture.key !== draft.key || isCollapsed(draft.kind, draft.points)) return
  finish(draft, picture)
}

function isEnough({ tile, kind, points }: Draft): boolean {
  // The short axis comes by itself.
  if (kind === 'bidirectional') return points.length >= 2
  const picture = tile.picture()
  // As many vertebrae as the heart is long.
  if (kind === 'heartScore' && picture && points.length < MOST_VERTEBRAE)
    return points.length >= pointsOf.heartScore && measureOn(picture, kind, points) !== undefined
  return points.length >= pointsOf[kind]
}

/** Takes the last landmark back; false where nothing is being drawn. */
export function stepBack(): boolean {
  const { draft } = useDraft.getState()
  if (!draft || !guided.has(draft.kind)) return false
  const last = draft.points.at(-1)
  if (draft.points.length < 3 || !last) cancel()
  else useDraft.setState({ draft: { ...draft, points: [...draft.points.slice(0, -2), last] } })
  return true
}

function finish({ tile, kind, points }: Draft, picture: Picture): void {
  const { source } = tile.state
  if (!source) return
  const place = { seriesId: source.series.seriesId, setKey: source.set.key }
  if (kind === 'text' || kind === 'arrow') {
    const title = kind === 'text' ? 'Text' : 'Arrow'
    const optional = kind === 'arrow'
    ask({
      kind: 'words',
      title,
      value: '',
      optional,
      onAnswer: (name) => addMeasurement(kind, points, picture, place, { name }),
    })
  } else if (kind === 'calibration') {
    ask({ kind: 'millimetres', onAnswer: (knownMm) => addMeasurement(kind, points, picture, place, { knownMm }) })
  } else if (kind === 'bidirectional') {
    const [a, b] = points
    if (a && b) addMeasurement(kind, withShortAxis(a, b, aspectOf(picture, points)), picture, place)
  } else addMeasurement(kind, points, picture, place)
  // Its landmarks were many: nobody begins the same again at once.
  if (guided.has(kind)) setTool('window')
}

/** Height of a pixel divided by its width where these points lie. */
export function aspectOf({ image, frame, key }: Picture, points: readonly ImagePoint[]): number {
  const { x, y } = pointSpacing(scaledImage(image, Number(key.split(':')[1])), frame, points)
  return y / x
}

export function cancel(): void {
  if (useDraft.getState().draft) useDraft.setState({ draft: undefined })
}
