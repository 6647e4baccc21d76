import { Trash2 } from 'lucide-react'
import type { MeasurementKind } from '#shared/imaging/measuredValue.ts'
import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'
import { showToast } from '../../ui/toast.ts'
import { apply, inverse, zoomed } from '../../viewer/camera.ts'
import { aimAt } from '../../viewer/crosshair.ts'
import {
  amendMeasurement,
  deleteMeasurement,
  moveMeasurement,
  selectMeasurement,
  undo,
  useMeasurements,
} from '../../viewer/measurements.ts'
import { holdLines } from '../../viewer/mpr/turn.ts'
import { movedAxes } from '../../viewer/perpendicular.ts'
import type { Tile } from '../../viewer/tile.ts'
import { isCollapsed } from './collapsed.ts'
import { aspectOf, begin, cancel, follow, pin } from './drawing.ts'
import type { Hit, Point } from './hitTest.ts'
import { magnify } from './magnify.ts'
import { lineHandles } from './mpr/lineHandles.ts'
import { entryOf } from './toolEntries.ts'

/** What the pointer does from press to release. */
export interface Drag {
  move(at: Point): void
  end?(at: Point): void
  /** It turned out to be something else: a second finger came, or the first one rests. */
  abandon?(): void
}

/** Less is a click. */
export const DRAG_PX = 4
/** Dragging across this many pixels changes a window by itself. */
const WINDOW_PX = 300
let gestures = 0

export function toImage(tile: Tile, at: Point): ImagePoint | undefined {
  const { imageToCanvas } = tile.state
  return imageToCanvas && apply(inverse(imageToCanvas), at)
}

export function beginDrag(tile: Tile, kind: MeasurementKind, from: Point, point: ImagePoint): Drag {
  const ends = kind === 'probe' || kind === 'text' || kind === 'freehand'
  return drawDrag(tile, from, () => begin(tile, kind, point), ends)
}

export function drawDrag(tile: Tile, from: Point, press: () => void, ends = false): Drag {
  press()
  return {
    move: (at) => {
      const point = toImage(tile, at)
      if (point) follow(point)
    },
    end: (at) => {
      const point = toImage(tile, at)
      // After a click the point follows the pointer until the next one.
      if (point && (ends || Math.hypot(at[0] - from[0], at[1] - from[1]) > DRAG_PX)) pin(point)
    },
    abandon: cancel,
  }
}

export function measurementDrag(tile: Tile, { measurement, handle }: Hit, from: ImagePoint): Drag {
  const gesture = `drag-${++gestures}`
  const { id, kind, points, moved } = measurement
  selectMeasurement(id)
  return {
    move: (at) => {
      const picture = tile.picture()
      const to = toImage(tile, at)
      if (!picture || !to) return
      const step: ImagePoint = [to[0] - from[0], to[1] - from[1]]
      if (handle === 'label') {
        amendMeasurement(id, { moved: [(moved?.[0] ?? 0) + step[0], (moved?.[1] ?? 0) + step[1]] }, gesture)
      } else if (handle !== undefined && kind === 'bidirectional') {
        moveMeasurement(id, movedAxes(points, handle, to, aspectOf(picture, points)), picture, gesture)
      } else {
        // The whole, or a circle by its centre.
        const whole = handle === undefined || (kind === 'circle' && handle === 0)
        const shifted = points.map((point, index): ImagePoint => {
          if (!whole) return index === handle ? to : point
          return [point[0] + step[0], point[1] + step[1]]
        })
        moveMeasurement(id, shifted, picture, gesture)
      }
    },
    end: () => dropCollapsed(tile, id, gesture),
  }
}

/** An end that was put onto the other one: what is left measures nothing. One step back brings it as it was. */
function dropCollapsed(tile: Tile, id: string, gesture: string): void {
  const item = useMeasurements.getState().items.find((each) => each.id === id)
  const picture = tile.picture()
  if (!item || !picture || !isCollapsed(item.kind, item.points)) return
  deleteMeasurement(id, picture.image, gesture)
  const label = entryOf(item.kind)?.label ?? 'measurement'
  showToast({
    icon: Trash2,
    message: `Deleted ${item.name || label.toLowerCase()}: both ends lay at one place`,
    action: { label: 'Undo', onAct: undo },
  })
}

export function windowDrag(tile: Tile, from: Point): Drag {
  const start = tile.state.window
  return {
    move: (at) => {
      const width = start.width * 2 ** ((at[0] - from[0]) / WINDOW_PX)
      const center = start.center + ((at[1] - from[1]) / WINDOW_PX) * start.width
      tile.setWindow(
        start.width >= 10 ? { width: Math.max(1, Math.round(width)), center: Math.round(center) } : { width, center },
      )
    },
  }
}

export function panDrag(tile: Tile, from: Point): Drag {
  const { camera } = tile.state
  const start = toImage(tile, from)
  return {
    move: (at) => {
      const { imageToCanvas } = tile.state
      const image = tile.current?.image
      if (!start || !imageToCanvas || !image) return
      // Steps are measured with the linear part only, which panning does not change.
      const to = apply(inverse(imageToCanvas), at)
      const origin = apply(inverse(imageToCanvas), from)
      tile.setCamera({
        ...camera,
        center: [
          camera.center[0] - (to[0] - origin[0]) / image.columns,
          camera.center[1] - (to[1] - origin[1]) / image.rows,
        ],
      })
    },
  }
}

export function zoomDrag(tile: Tile, from: Point): Drag {
  const { camera } = tile.state
  return { move: (at) => tile.setCamera(zoomed(camera, 2 ** ((from[1] - at[1]) / 150))) }
}

export function scrollDrag(tile: Tile, from: Point): Drag {
  const { index, stack } = tile.state
  // The whole stack over most of the tile, but never so fine that a hand cannot stop on an image.
  const step = Math.max(3, 400 / Math.max(1, stack.length))
  return {
    move: (at) => {
      cancel()
      tile.cine.pause()
      tile.goTo(index + (at[1] - from[1]) / step)
    },
  }
}

/** The other planes follow to where the pointer is. */
export function crosshairDrag(tile: Tile, from: Point): Drag {
  const move = (at: Point) => {
    const point = toImage(tile, at)
    if (point) aimAt(tile, point)
  }
  cancel()
  move(from)
  return { move }
}

/** Turns the lines that the pointer has taken hold of. Angles are those of the picture, however it is turned on the screen. */
export function turnDrag(tile: Tile, from: Point): Drag | undefined {
  const middle = lineHandles(tile)?.middle
  const hold = holdLines(tile)
  const { imageToCanvas } = tile.state
  if (!middle || !hold || !imageToCanvas) return undefined
  const back = inverse(imageToCanvas)
  const angleOf = (at: Point) => {
    const [x, y] = apply(back, at)
    return Math.atan2(y - middle[1], x - middle[0])
  }
  const start = angleOf(from)
  cancel()
  return {
    move: (at) => hold.to(angleOf(at) - start),
    end: () => hold.end(),
  }
}

export function magnifierDrag(tile: Tile, from: Point): Drag {
  magnify(tile, from)
  return {
    move: (at) => magnify(tile, at),
    end: () => magnify(tile, undefined),
    abandon: () => magnify(tile, undefined),
  }
}

/** Zooms so that what is under the pointer stays there. */
export function zoomAt(tile: Tile, at: Point, factor: number): void {
  const { camera } = tile.state
  const image = tile.current?.image
  const point = toImage(tile, at)
  if (!image || !point) return
  const next = zoomed(camera, factor)
  const keep = camera.zoom / next.zoom
  const share = [point[0] / image.columns, point[1] / image.rows] as const
  tile.setCamera({
    ...next,
    center: [share[0] + (camera.center[0] - share[0]) * keep, share[1] + (camera.center[1] - share[1]) * keep],
  })
}
