import type { InstanceImage, Shutter } from '#shared/imaging/instanceImage.ts'

/** Overlay planes of one frame as a canvas of the image's size, transparent but for their bits. */
export type OverlayCanvas = HTMLCanvasElement

/** Cyan, the second colour of annotations: seen on black and on white. */
const OVERLAY_COLOUR = [0x7f, 0xd8, 0xe6] as const
/** A canvas has four bytes a pixel: of a large X-ray two are as much as of a clip all frames. */
const KEPT_BYTES = 64 * 2 ** 20

const kept = new Map<string, OverlayCanvas>()
let keptBytes = 0
/** Who is to be told when it is here, by frame. */
const waiting = new Map<string, Set<() => void>>()
/** Not asked for again before a person does: who draws is told of the failure, and draws again. */
const failed = new Set<string>()

const keyOf = (instanceId: number, frame: number) => `${instanceId}:${frame}`

/** The overlay of a frame, or undefined until it is here; `arrived` is called then, and when it cannot be read. */
export function overlayOf(
  image: InstanceImage,
  instanceId: number,
  frame: number,
  arrived: () => void,
): OverlayCanvas | 'failed' | undefined {
  if (!image.overlayPlanes) return undefined
  const key = keyOf(instanceId, frame)
  if (failed.has(key)) return 'failed'
  const known = kept.get(key)
  if (known) return known
  const others = waiting.get(key)
  if (others) {
    others.add(arrived)
    return undefined
  }
  const told = new Set([arrived])
  waiting.set(key, told)
  load(image, instanceId, frame)
    .then((canvas) => keep(key, canvas))
    .catch(() => failed.add(key))
    .finally(() => {
      waiting.delete(key)
      for (const tell of told) tell()
    })
  return undefined
}

/** The next look at this frame asks again. */
export function retryOverlay(instanceId: number, frame: number): void {
  failed.delete(keyOf(instanceId, frame))
}

/** Of studies that are closed nothing stays. */
export function forgetOverlays(): void {
  failed.clear()
  for (const key of kept.keys()) drop(key)
}

function keep(key: string, canvas: OverlayCanvas): void {
  kept.set(key, canvas)
  keptBytes += bytesOf(canvas)
  for (const old of kept.keys()) {
    if (keptBytes <= KEPT_BYTES || old === key) break
    drop(old)
  }
}

function drop(key: string): void {
  const canvas = kept.get(key)
  if (!canvas) return
  kept.delete(key)
  keptBytes -= bytesOf(canvas)
}

const bytesOf = ({ width, height }: OverlayCanvas) => 4 * width * height

async function load(image: InstanceImage, instanceId: number, frame: number): Promise<OverlayCanvas> {
  const answer = await fetch(`data/overlay/${instanceId}?frame=${frame}`)
  if (!answer.ok) throw new Error(`The overlay cannot be read: ${answer.status}`)
  const mask = new Uint8Array(await answer.arrayBuffer())
  const { rows, columns } = image
  if (mask.length !== rows * columns) throw new RangeError('The overlay has another size than the image.')
  const canvas = document.createElement('canvas')
  canvas.width = columns
  canvas.height = rows
  const pixels = new ImageData(columns, rows)
  const [red, green, blue] = OVERLAY_COLOUR
  const colour = (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0
  const words = new Uint32Array(pixels.data.buffer)
  for (let at = 0; at < mask.length; at++) if (mask[at] !== 0) words[at] = colour
  canvas.getContext('2d')?.putImageData(pixels, 0, 0)
  return canvas
}

/** Covers what the shutter hides. The context draws in image coordinates. */
export function drawShutter(context: CanvasRenderingContext2D, image: InstanceImage, shutter: Shutter): void {
  const { grey, rectangle, circle, polygon } = shutter
  context.fillStyle = `rgb(${grey} ${grey} ${grey})`
  const cover = (open: (path: Path2D) => void) => {
    const path = new Path2D()
    // A pixel more on each side: smoothing would let the edge of the image shine through.
    path.rect(-1, -1, image.columns + 2, image.rows + 2)
    open(path)
    context.fill(path, 'evenodd')
  }
  if (rectangle) {
    const { left, top, right, bottom } = rectangle
    cover((path) => path.rect(left, top, right - left, bottom - top))
  }
  if (circle) cover((path) => path.arc(circle.center[0], circle.center[1], circle.radius, 0, 2 * Math.PI))
  if (polygon) {
    cover((path) => {
      for (const [index, [x, y]] of polygon.entries()) index === 0 ? path.moveTo(x, y) : path.lineTo(x, y)
      path.closePath()
    })
  }
}
