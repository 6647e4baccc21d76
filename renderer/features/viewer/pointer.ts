import { type MeasurementKind, measurementKind } from '#shared/imaging/measuredValue.ts'
import { type DragAction, usualPointer, type WheelAction } from '#shared/imaging/pointerHabits.ts'
import { readViewerPreferences } from '../../api/workstation.ts'
import { showFailure } from '../../app/showFailure.ts'
import { lieKey } from '../../viewer/liesOn.ts'
import { selectMeasurement, useMeasurements } from '../../viewer/measurements.ts'
import { type Tool, useSession } from '../../viewer/session.ts'
import { showNeighbour } from '../../viewer/showNeighbour.ts'
import type { Tile } from '../../viewer/tile.ts'
import {
  beginDrag,
  crosshairDrag,
  DRAG_PX,
  type Drag,
  drawDrag,
  magnifierDrag,
  measurementDrag,
  panDrag,
  scrollDrag,
  toImage,
  turnDrag,
  windowDrag,
  zoomAt,
  zoomDrag,
} from './drags.ts'
import { aspectOf, cancel, follow, isDrawing, pin } from './drawing.ts'
import { Fingers } from './fingers.ts'
import { type Hit, hitTest, type Point } from './hitTest.ts'
import { labelBoxesOf } from './labelBoxes.ts'
import { handleAt } from './mpr/lineHandles.ts'
import { pointAt } from './pointedAt.ts'
import { showRadial, showRadialOver } from './radial/shownRadial.ts'

const NOTCH_PX = 40
export const isMeasuring = (tool: string): tool is MeasurementKind => measurementKind.safeParse(tool).success

/** What lies over the picture and does something of its own with the pointer. */
const isOwn = ({ target }: Event) => target instanceof Element && target.closest('[data-own-pointer]') !== null

/** Binds pointer and wheel of a tile's root; returns how to let go. */
export function bindPointer(root: HTMLElement, tile: Tile): () => void {
  let drag: Drag | undefined
  /** The pointer that drags: what another one does meanwhile, as the hand beside a pen, is not its end. */
  let dragging: number | undefined
  const isAnothers = ({ pointerId }: PointerEvent) => drag !== undefined && pointerId !== dragging
  const fingers = new Fingers(root, tile, () => abandon())
  /** Where the right button went down, until it is a drag. */
  let clicked: Point | undefined
  const place = (event: MouseEvent): Point => {
    const box = root.getBoundingClientRect()
    return [event.clientX - box.left, event.clientY - box.top]
  }
  const abandon = () => {
    drag?.abandon?.()
    drag = undefined
  }
  const down = (event: PointerEvent) => {
    if (isOwn(event) || (event.target instanceof Element && event.target.closest('button, [role="slider"], a, video')))
      return
    root.focus({ preventScroll: true })
    const at = place(event)
    if (event.pointerType === 'touch') {
      // The hand that holds the pen lies on the screen.
      if (drag && !fingers.any) return
      root.setPointerCapture(event.pointerId)
      if (fingers.down(event, at, habits().longPress === 'menu')) return
    } else if (fingers.any) {
      // The hand lay there before the pen came: it draws nothing, and does not pinch.
      fingers.yield()
    }
    drag = dragFor(event, tile, at)
    dragging = event.pointerId
    clicked = event.button === 2 && habits().rightClick === 'menu' ? at : undefined
    if (drag) root.setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent) => {
    if (isOwn(event)) {
      leave()
      return
    }
    const at = place(event)
    // A finger hides what it points at.
    if (event.pointerType !== 'touch') pointAt(tile, toImage(tile, at))
    if (fingers.move(event, at) || isAnothers(event)) return
    if (clicked && Math.hypot(at[0] - clicked[0], at[1] - clicked[1]) <= DRAG_PX) return
    clicked = undefined
    if (drag) drag.move(at)
    else if (event.pointerType === 'touch') return
    else if (isDrawing(tile)) follow(toImage(tile, at) ?? [0, 0])
    else root.style.cursor = isOnHandle(tile, at) ? 'grab' : hitAt(tile, at) ? 'move' : ''
  }
  const up = (event: PointerEvent) => {
    if (fingers.up(event) || isAnothers(event)) return
    if (clicked) {
      clicked = undefined
      abandon()
      showRadial(root, event.clientX, event.clientY)
      return
    }
    drag?.end?.(place(event))
    drag = undefined
  }
  const lost = (event: PointerEvent) => {
    fingers.up(event)
    if (isAnothers(event)) return
    clicked = undefined
    abandon()
  }
  const wheel = (event: WheelEvent) => {
    if (isOwn(event)) return
    event.preventDefault()
    cancel()
    const action = wheelActionOf(event)
    if (action === 'zoom') zoomAt(tile, place(event), event.deltaY < 0 ? 1.15 : 1 / 1.15)
    else if (action !== 'nothing') tile.scroll(steps(event) * (action === 'scrollTen' ? 10 : 1))
  }
  const leave = () => pointAt(tile, undefined)
  let turned = 0
  // One notch of a wheel is one image; the small steps of a trackpad add up to one.
  const steps = (event: WheelEvent) => {
    // With Shift a browser turns the wheel sideways.
    const turn = event.deltaY || event.deltaX
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? turn : turn * NOTCH_PX
    if (Math.abs(pixels) >= NOTCH_PX) turned = 0
    turned += Math.max(-NOTCH_PX, Math.min(NOTCH_PX, pixels))
    if (Math.abs(turned) < NOTCH_PX) return 0
    const step = Math.sign(turned)
    turned = 0
    return step
  }
  const menu = (event: MouseEvent) => {
    event.preventDefault()
    if (isOwn(event)) return
    // By its key: a mouse and a finger were seen before.
    if (event instanceof PointerEvent && event.pointerType === '') showRadialOver(root)
  }
  // The buttons at the thumb go back and forward in a browser, when they are let go. What is prevented of the pointer
  // instead takes the events of the mouse away, and the page with them.
  const keepPage = (event: MouseEvent) => {
    if (event.button > 2) event.preventDefault()
  }
  root.addEventListener('pointerdown', down)
  root.addEventListener('pointermove', move)
  root.addEventListener('pointerup', up)
  root.addEventListener('pointercancel', lost)
  root.addEventListener('pointerleave', leave)
  root.addEventListener('wheel', wheel, { passive: false })
  root.addEventListener('contextmenu', menu)
  root.addEventListener('mouseup', keepPage)
  return () => {
    fingers.forget()
    leave()
    root.removeEventListener('pointerdown', down)
    root.removeEventListener('pointermove', move)
    root.removeEventListener('pointerup', up)
    root.removeEventListener('pointercancel', lost)
    root.removeEventListener('pointerleave', leave)
    root.removeEventListener('wheel', wheel)
    root.removeEventListener('contextmenu', menu)
    root.removeEventListener('mouseup', keepPage)
  }
}

/** A finger hides what it points at. */
const FINGER_REACH = 2

function hitAt(tile: Tile, at: Point, reach = 1): Hit | undefined {
  const picture = tile.picture()
  const { imageToCanvas } = tile.state
  if (!picture || !imageToCanvas) return undefined
  const items = useMeasurements.getState().items.filter((item) => item.key === lieKey(picture))
  return hitTest(at, items, imageToCanvas, {
    aspectOf: ({ points }) => aspectOf(picture, points),
    labels: labelBoxesOf(tile),
    reach,
  })
}

/** Of a line of another plane; what is measured there comes first. */
function isOnHandle(tile: Tile, at: Point): boolean {
  const { referenceLines, maximised } = useSession.getState()
  const isPlane = tile.current?.image.reformat !== undefined
  return isPlane && referenceLines && maximised === undefined && !hitAt(tile, at) && handleAt(tile, at) !== undefined
}

function dragFor(event: PointerEvent, tile: Tile, at: Point): Drag | undefined {
  if (event.button > 2) {
    // The far end of a pen is no thumb.
    if (event.button < 5) thumb(event, tile)
    return undefined
  }
  const reach = event.pointerType === 'touch' ? FINGER_REACH : 1
  const action = dragActionOf(event)
  // Landmarks and points are set with the left button, whatever it is for.
  if (event.button !== 0 || (action !== 'tool' && !isDrawing(tile)))
    return dragOf(action === 'tool' ? useSession.getState().tool : action, tile, at)
  const { tool } = useSession.getState()
  const point = toImage(tile, at)
  if (point && isDrawing(tile)) return drawDrag(tile, at, () => pin(point))
  if (isOnHandle(tile, at)) return turnDrag(tile, at)
  if (tool === 'magnifier') return magnifierDrag(tile, at)
  if (tool === 'crosshair' && !hitAt(tile, at, reach)) return crosshairDrag(tile, at)
  const hit = hitAt(tile, at, reach)
  if (hit && point) return measurementDrag(tile, hit, point)
  selectMeasurement(undefined)
  if (isMeasuring(tool)) return point && beginDrag(tile, tool, at, point)
  return dragOf(tool, tile, at)
}

function dragOf(action: DragAction | Tool, tile: Tile, at: Point): Drag | undefined {
  switch (action) {
    case 'nothing':
      return undefined
    case 'pan':
      return panDrag(tile, at)
    case 'zoom':
      return zoomDrag(tile, at)
    case 'scroll':
      return scrollDrag(tile, at)
    case 'crosshair':
      return crosshairDrag(tile, at)
    case 'magnifier':
      return magnifierDrag(tile, at)
    default:
      return windowDrag(tile, at)
  }
}

const habits = () => readViewerPreferences()?.pointer ?? usualPointer

function dragActionOf({ button, pointerType, shiftKey, ctrlKey, metaKey, altKey }: PointerEvent): DragAction {
  const { left, leftWithShift, leftWithCtrl, leftWithAlt, middle, right } = habits()
  if (button === 1) return middle
  if (button === 2) return right
  // A pen and a finger have the tool of the bar, whatever the left button of a mouse is for.
  if (pointerType !== 'mouse') return 'tool'
  if (ctrlKey || metaKey) return leftWithCtrl
  if (altKey) return leftWithAlt
  return shiftKey ? leftWithShift : left
}

function wheelActionOf({ shiftKey, ctrlKey, metaKey }: WheelEvent): WheelAction {
  const { wheel, wheelWithShift, wheelWithCtrl } = habits()
  if (ctrlKey || metaKey) return wheelWithCtrl
  return shiftKey ? wheelWithShift : wheel
}

function thumb(event: PointerEvent, tile: Tile): void {
  const { back, forward } = habits()
  const action = event.button === 3 ? back : forward
  if (action === 'previousImage') tile.scroll(-1)
  else if (action === 'nextImage') tile.scroll(1)
  else if (action !== 'nothing') void showNeighbour(action === 'previousSeries' ? -1 : 1).catch(showFailure)
}
