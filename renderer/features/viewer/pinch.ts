import { apply, inverse, zoomed } from '../../viewer/camera.ts'
import type { Tile } from '../../viewer/tile.ts'
import type { Point } from './hitTest.ts'

/** What two fingers do until one of them is lifted: apart zooms, together pans. What lies between them stays there. */
export function beginPinch(tile: Tile, first: Point, second: Point): (first: Point, second: Point) => void {
  const { camera, imageToCanvas } = tile.state
  const image = tile.current?.image
  if (!image || !imageToCanvas) return () => {}
  const { rows, columns } = image
  const back = inverse(imageToCanvas)
  const between = apply(back, middle(first, second))
  const apart = Math.max(1, distance(first, second))
  const center = apply(imageToCanvas, [camera.center[0] * columns, camera.center[1] * rows])
  const origin = apply(back, center)
  return (a, b) => {
    const next = zoomed(camera, Math.max(1, distance(a, b)) / apart)
    const shrunk = camera.zoom / next.zoom
    // How far the middle of the fingers is from that of the tile, in pixels of the image as it is zoomed now.
    const at = apply(back, middle(a, b))
    const x = between[0] - (at[0] - origin[0]) * shrunk
    const y = between[1] - (at[1] - origin[1]) * shrunk
    tile.setCamera({ ...next, center: [x / columns, y / rows] })
  }
}

const middle = (a: Point, b: Point): [number, number] => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
const distance = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1])
