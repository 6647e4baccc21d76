import type { Camera } from '../../viewer/camera.ts'

/**
 * How the picture differs from the one in the file. An image without orientation has no letters that would tell a flip,
 * so it is said in words: a heart on the wrong side must have a reason on the screen.
 */
export function viewText(
  camera: Pick<Camera, 'rotation' | 'flippedColumns' | 'flippedRows'>,
  inverted: boolean,
  graphicsHidden = false,
): string {
  // Both flips of the image are half a turn.
  const half = camera.flippedColumns && camera.flippedRows
  const turned = (camera.rotation + (half ? 180 : 0)) % 360
  const flip =
    half || !(camera.flippedColumns || camera.flippedRows)
      ? ''
      : camera.flippedColumns
        ? 'Flipped left-right'
        : 'Flipped top-bottom'
  const words = [
    flip,
    turned === 0 ? '' : `Rotated ${turned}°`,
    inverted ? 'Inverted' : '',
    graphicsHidden ? 'Without overlay and shutter' : '',
  ].filter(Boolean)
  return words.map((word, place) => (place === 0 ? word : word.toLowerCase())).join(', ')
}
