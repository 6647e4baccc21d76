import type { MeasurementKind } from '#shared/imaging/measurement.ts'
import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'
import { apply, inverse, zoomed } from '../../viewer/camera.ts'
import { moveMeasurement, selectMeasurement, useMeasurements } from '../../viewer/measurements.ts'
import { type Tool, useSession } from '../../viewer/session.ts'
import type { Tile } from '../../viewer/tile.ts'
import { begin, cancel, follow, isDrawing, pin } from './drawing.ts'
import { type Hit, hitTest, type Point } from './hitTest.ts'

interface Drag {
  move(at: Point): void
  end?(at: Point): void
}

const NOTCH_PX = 40
/** Less is a click. */
const DRAG_PX = 4
/** Dragging across this many pixels changes a window by itself. */
const WINDOW_PX = 300
const measuring = new Set<Tool>(['length', 'angle', 'ellipse', 'probe'])

/** Binds pointer and wheel of a tile's root; returns how to let go. */
export function bindPointer(root: HTMLElement, tile: Tile): () => void {
  let drag: Drag | undefined
  const place = (event: MouseEvent): Point => {
    const box = root.getBoundingClientRect()
    return [event.clientX - box.left, event.clientY - box.top]
  }
  const down = (event: PointerEvent) => {
    if (event.target instanceof Element && event.target.closest('button, [role="slider"], a')) return
    root.focus({ preventScroll: true })
    const at = place(event)
    drag = dragFor(event, tile, at)
    if (drag) root.setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent) => {
    const at = place(event)
    if (drag) drag.move(at)
    else if (isDrawing(tile)) follow(toImage(tile, at) ?? [0, 0])
    else root.style.cursor = hitAt(tile, at) ? 'move' : ''
  }
  const up = (event: PointerEvent) => {
    drag?.end?.(place(event))
    drag = undefined
  }
  const wheel = (event: WheelEvent) => {
    event.preventDefault()
    cancel()
    if (event.ctrlKey) zoomAt(tile, place(event), event.deltaY < 0 ? 1.15 : 1 / 1.15)
    else tile.scroll(steps(event))
  }
  let turned = 0
  // One notch of a wheel is one image; the small steps of a trackpad add up to one.
  const steps = (event: WheelEvent) => {
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * NOTCH_PX
    if (Math.abs(pixels) >= NOTCH_PX) turned = 0
    turned += Math.max(-NOTCH_PX, Math.min(NOTCH_PX, pixels))
    if (Math.abs(turned) < NOTCH_PX) return 0
    const step = Math.sign(turned)
    turned = 0
    return step
  }
  const menu = (event: Event) => event.preventDefault()
  root.addEventListener('pointerdown', down)
  root.addEventListener('pointermove', move)
  root.addEventListener('pointerup', up)
  root.addEventListener('pointercancel', up)
  root.addEventListener('wheel', wheel, { passive: false })
  root.addEventListener('contextmenu', menu)
  return () => {
    root.removeEventListener('pointerdown', down)
    root.removeEventListener('pointermove', move)
    root.removeEventListener('pointerup', up)
    root.removeEventListener('pointercancel', up)
    root.removeEventListener('wheel', wheel)
    root.removeEventListener('contextmenu', menu)
  }
}

function toImage(tile: Tile, at: Point): ImagePoint | undefined {
  const { imageToCanvas } = tile.state
  return imageToCanvas && apply(inverse(imageToCanvas), at)
}

function hitAt(tile: Tile, at: Point): Hit | undefined {
  const key = tile.picture()?.key
  const { imageToCanvas } = tile.state
  if (!key || !imageToCanvas) return undefined
  return hitTest(
    at,
    useMeasurements.getState().items.filter((item) => item.key === key),
    imageToCanvas,
  )
}

function dragFor(event: PointerEvent, tile: Tile, at: Point): Drag | undefined {
  const { tool } = useSession.getState()
  if (event.button === 1) return panDrag(tile, at)
  if (event.button === 2) return zoomDrag(tile, at)
  if (event.button !== 0) return undefined
  const point = toImage(tile, at)
  if (point && isDrawing(tile)) return drawDrag(tile, at, () => pin(point))
  const hit = hitAt(tile, at)
  if (hit && point) return measurementDrag(tile, hit, point)
  selectMeasurement(undefined)
  if (measuring.has(tool)) {
    return point && drawDrag(tile, at, () => begin(tile, tool as MeasurementKind, point), tool === 'probe')
  }
  if (tool === 'pan') return panDrag(tile, at)
  if (tool === 'zoom') return zoomDrag(tile, at)
  if (tool === 'scroll') return scrollDrag(tile, at)
  return windowDrag(tile, at)
}

function drawDrag(tile: Tile, from: Point, press: () => void, ends = false): Drag {
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
  }
}

function measurementDrag(tile: Tile, { measurement, handle }: Hit, from: ImagePoint): Drag {
  selectMeasurement(measurement.id)
  return {
    move: (at) => {
      const picture = tile.picture()
      const to = toImage(tile, at)
      if (!picture || !to) return
      const shifted = measurement.points.map((point, index): ImagePoint => {
        if (handle !== undefined) return index === handle ? to : point
        return [point[0] + to[0] - from[0], point[1] + to[1] - from[1]]
      })
      moveMeasurement(measurement.id, shifted, picture)
    },
  }
}

function windowDrag(tile: Tile, from: Point): Drag {
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

function panDrag(tile: Tile, from: Point): Drag {
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

function zoomDrag(tile: Tile, from: Point): Drag {
  const { camera } = tile.state
  return { move: (at) => tile.setCamera(zoomed(camera, 2 ** ((from[1] - at[1]) / 150))) }
}

function scrollDrag(tile: Tile, from: Point): Drag {
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

/** Zooms so that what is under the pointer stays there. */
function zoomAt(tile: Tile, at: Point, factor: number): void {
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
