/** How an image lies in its tile. Sizes are relative, so that it survives another image size and another tile size. */
export interface Camera {
  /** 1 = the whole image fits. */
  zoom: number
  /** What stands in the middle of the tile, as a share of width and height of the image. */
  center: readonly [number, number]
  /** Clockwise, after flipping. */
  rotation: 0 | 90 | 180 | 270
  /** Of the image itself, before rotation. */
  flippedColumns: boolean
  flippedRows: boolean
}

export const wholeImage: Camera = {
  zoom: 1,
  center: [0.5, 0.5],
  rotation: 0,
  flippedColumns: false,
  flippedRows: false,
}

const MIN_ZOOM = 0.02
const MAX_ZOOM = 40

/** A quarter turn clockwise as seen. */
export function rotated(camera: Camera): Camera {
  const next = { 0: 90, 90: 180, 180: 270, 270: 0 } as const
  return { ...camera, rotation: next[camera.rotation] }
}

/** Left and right change as seen: on a lying image that is its rows. */
export function flipped(camera: Camera): Camera {
  const lying = camera.rotation === 90 || camera.rotation === 270
  return lying ? { ...camera, flippedRows: !camera.flippedRows } : { ...camera, flippedColumns: !camera.flippedColumns }
}

/** Top and bottom change as seen. */
export function flippedAcross(camera: Camera): Camera {
  const turned = flipped({ ...camera, rotation: camera.rotation === 90 || camera.rotation === 270 ? 0 : 90 })
  return { ...turned, rotation: camera.rotation }
}

export function zoomed(camera: Camera, factor: number): Camera {
  return { ...camera, zoom: Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, camera.zoom * factor)) }
}

/**
 * Screen pixels per image pixel at which the whole image fits. `aspect` is height / width of an image pixel; the scale
 * returned is that of its shorter side, the longer one is stretched.
 */
export function fitScale(
  tile: { width: number; height: number },
  image: { columns: number; rows: number },
  aspect: number,
  rotation: Camera['rotation'],
): number {
  const width = image.columns * Math.max(1 / aspect, 1)
  const height = image.rows * Math.max(aspect, 1)
  const lying = rotation === 90 || rotation === 270
  return Math.min(tile.width / (lying ? height : width), tile.height / (lying ? width : height))
}

export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

/** x' = a x + c y + e, y' = b x + d y + f, as CanvasRenderingContext2D counts. */
export function apply([a, b, c, d, e, f]: Affine, [x, y]: readonly [number, number]): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f]
}

export function inverse([a, b, c, d, e, f]: Affine): Affine {
  const determinant = a * d - b * c
  return [
    d / determinant,
    -b / determinant,
    -c / determinant,
    a / determinant,
    (c * f - d * e) / determinant,
    (b * e - a * f) / determinant,
  ]
}
