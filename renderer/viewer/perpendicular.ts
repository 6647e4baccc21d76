import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'

/** Height of a pixel divided by its width, in the unit that lengths are told in. */
type Aspect = number

const square = ([x, y]: ImagePoint, aspect: Aspect): [number, number] => [x, y * aspect]
const back = ([x, y]: readonly [number, number], aspect: Aspect): ImagePoint => [x, y / aspect]

interface Axes {
  a: [number, number]
  b: [number, number]
  /** Unit vectors along the long axis and to its side. */
  along: [number, number]
  side: [number, number]
  length: number
}

function axesOf(first: ImagePoint, second: ImagePoint, aspect: Aspect): Axes {
  const a = square(first, aspect)
  const b = square(second, aspect)
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1
  const along: [number, number] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
  return { a, b, along, side: [-along[1], along[0]], length }
}

/** Where a point lies: along the long axis, and to its side. */
function placeOn({ a, along, side }: Axes, point: ImagePoint, aspect: Aspect): [number, number] {
  const [x, y] = square(point, aspect)
  const [dx, dy] = [x - a[0], y - a[1]]
  return [dx * along[0] + dy * along[1], dx * side[0] + dy * side[1]]
}

function pointAt({ a, along, side }: Axes, t: number, s: number, aspect: Aspect): ImagePoint {
  return back([a[0] + t * along[0] + s * side[0], a[1] + t * along[1] + s * side[1]], aspect)
}

/** A short axis to begin with: across the middle of the long one, half as long. */
export function withShortAxis(a: ImagePoint, b: ImagePoint, aspect: Aspect): ImagePoint[] {
  const axes = axesOf(a, b, aspect)
  const [t, s] = [axes.length / 2, axes.length / 4]
  return [a, b, pointAt(axes, t, s, aspect), pointAt(axes, t, -s, aspect)]
}

/**
 * The four points after one was moved: the short axis stays at a right angle to the long one (RECIST). An end of the
 * long axis takes the short one along; an end of the short one slides it along and makes it longer.
 */
export function movedAxes(
  points: readonly ImagePoint[],
  handle: number,
  to: ImagePoint,
  aspect: Aspect,
): readonly ImagePoint[] {
  const [a, b, c, d] = points
  if (!a || !b || !c || !d) return points
  const axes = axesOf(a, b, aspect)
  const [t, above] = placeOn(axes, c, aspect)
  const [, below] = placeOn(axes, d, aspect)
  if (handle < 2) {
    const next = handle === 0 ? axesOf(to, b, aspect) : axesOf(a, to, aspect)
    const share = (t / axes.length) * next.length
    const ends = [pointAt(next, share, above, aspect), pointAt(next, share, below, aspect)]
    return handle === 0 ? [to, b, ...ends] : [a, to, ...ends]
  }
  const [along, side] = placeOn(axes, to, aspect)
  const kept = Math.min(axes.length, Math.max(0, along))
  const ends = handle === 2 ? [side, below] : [above, side]
  return [a, b, ...ends.map((s) => pointAt(axes, kept, s, aspect))]
}
