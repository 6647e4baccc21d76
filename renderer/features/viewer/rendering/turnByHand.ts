import { mmPerPixel, resetView, stopRendering, useRendering } from '../../../viewer/rendering/rendering.ts'
import { turnedBy } from '../../../viewer/rendering/viewPoint.ts'

/** The width of a tile turns the body half around. */
const TURN_PX = 400
const LEAST_ZOOM = 0.2
const MOST_ZOOM = 20

export function turnView(across: number, along: number): void {
  useRendering.setState(({ facing }) => ({ facing: turnedBy(facing, -across, -along) }))
}

export function zoomView(factor: number): void {
  useRendering.setState(({ zoom }) => ({ zoom: Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom * factor)) }))
}

function panView(right: number, down: number): void {
  useRendering.setState(({ pan }) => ({ pan: [pan[0] + right, pan[1] + down] }))
}

/** Left turns, middle or Shift moves, right zooms, the wheel too. Returns how to let go. */
export function bindHand(root: HTMLElement): () => void {
  let last: readonly [number, number] | undefined
  let action: 'turn' | 'pan' | 'zoom' = 'turn'
  const down = (event: PointerEvent) => {
    if (event.target instanceof Element && event.target.closest('button, input, label, [data-crop-handle]')) return
    root.focus({ preventScroll: true })
    last = [event.clientX, event.clientY]
    action = event.button === 1 || event.shiftKey ? 'pan' : event.button === 2 ? 'zoom' : 'turn'
    root.setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent) => {
    if (!last) return
    const [dx, dy] = [event.clientX - last[0], event.clientY - last[1]]
    last = [event.clientX, event.clientY]
    if (action === 'turn') turnView((dx / TURN_PX) * Math.PI, (dy / TURN_PX) * Math.PI)
    else if (action === 'zoom') zoomView(2 ** (-dy / 150))
    else {
      const mm = mmPerPixel({ width: root.clientWidth, height: root.clientHeight })
      panView(dx * mm, dy * mm)
    }
  }
  const up = () => {
    last = undefined
  }
  const wheel = (event: WheelEvent) => {
    event.preventDefault()
    zoomView(event.deltaY < 0 ? 1.15 : 1 / 1.15)
  }
  const key = (event: KeyboardEvent) => {
    if (event.target !== root || event.ctrlKey || event.altKey || event.metaKey) return
    if (!pressed(event)) return
    event.preventDefault()
  }
  root.addEventListener('pointerdown', down)
  root.addEventListener('pointermove', move)
  root.addEventListener('pointerup', up)
  root.addEventListener('pointercancel', up)
  root.addEventListener('wheel', wheel, { passive: false })
  root.addEventListener('keydown', key)
  return () => {
    root.removeEventListener('pointerdown', down)
    root.removeEventListener('pointermove', move)
    root.removeEventListener('pointerup', up)
    root.removeEventListener('pointercancel', up)
    root.removeEventListener('wheel', wheel)
    root.removeEventListener('keydown', key)
  }
}

const STEP = Math.PI / 36
const PAN_MM = 10

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** False where the key means nothing here. */
function pressed({ key, shiftKey }: KeyboardEvent): boolean {
  const arrow = arrows[key]
  if (arrow) {
    if (shiftKey) panView(arrow[0] * PAN_MM, arrow[1] * PAN_MM)
    else turnView(arrow[0] * STEP, arrow[1] * STEP)
  } else if (key === '+' || key === '=') zoomView(1.2)
  else if (key === '-') zoomView(1 / 1.2)
  else if (key === '0') resetView()
  else if (key === 'c') useRendering.setState(({ cropping }) => ({ cropping: !cropping }))
  else if (key === 'Escape') stopRendering()
  else return false
  return true
}
