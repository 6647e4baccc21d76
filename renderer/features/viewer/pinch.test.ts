import { expect, test } from 'vitest'
import { type Affine, apply, type Camera, wholeImage } from '../../viewer/camera.ts'
import type { Tile } from '../../viewer/tile.ts'
import { beginPinch } from './pinch.ts'

/** An image of 100 x 50 pixels in a tile of 400 x 400, as the page draws it: one scale, no turn. */
function imageToCanvas({ zoom, center }: Camera): Affine {
  const scale = 4 * zoom
  return [scale, 0, 0, scale, 200 - center[0] * 100 * scale, 200 - center[1] * 50 * scale]
}

function tileWith(camera: Camera) {
  const shown = { camera, imageToCanvas: imageToCanvas(camera) }
  const tile = {
    state: shown,
    current: { image: { rows: 50, columns: 100 } },
    setCamera: (next: Camera) => {
      shown.camera = next
      shown.imageToCanvas = imageToCanvas(next)
    },
  }
  return { shown, tile: tile as unknown as Tile }
}

test('what lay between two fingers lies between them wherever they go, twice as large where they are twice as far apart', () => {
  const { shown, tile } = tileWith({ ...wholeImage, center: [0.4, 0.3] })
  const between = apply(inverted(shown.imageToCanvas), [150, 120])
  const pinch = beginPinch(tile, [100, 120], [200, 120])
  pinch([160, 200], [360, 200])
  expect(shown.camera.zoom).toBeCloseTo(2)
  const [x, y] = apply(shown.imageToCanvas, between)
  expect([x, y].map(Math.round)).toEqual([260, 200])
  // Back to where they were: as before.
  pinch([100, 120], [200, 120])
  expect(shown.camera.zoom).toBeCloseTo(1)
  expect(shown.camera.center.map((share) => share.toFixed(6))).toEqual(['0.400000', '0.300000'])
})

const inverted = ([scale, , , , e, f]: Affine): Affine => [1 / scale, 0, 0, 1 / scale, -e / scale, -f / scale]
