import type { ImagePoint } from './pointSpacing.ts'

/** Units per pixel across and down; px where millimetres are not known. These measures are ratios and angles. */
interface Scale {
  x: number
  y: number
}

const distance = (a: ImagePoint, b: ImagePoint, { x, y }: Scale) => Math.hypot((b[0] - a[0]) * x, (b[1] - a[1]) * y)

/** Buchanan and Buecheler 1995: lengths of the heart in vertebrae from the cranial edge of T4 on. */
export interface HeartScore {
  /** In vertebrae. */
  long: number
  short: number
  score: number
  longLength: number
  shortLength: number
}

/** Points of a heart score before the vertebrae: two of each axis, then the cranial edge of T4. */
export const HEART_SCORE_VERTEBRAE = 4

/** Long axis, short axis, the cranial edge of T4, then the caudal edge of each vertebra. Undefined while these do not reach. */
export function heartScore(points: readonly ImagePoint[], scale: Scale): HeartScore | undefined {
  const [a, b, c, d] = points
  const edges = points.slice(HEART_SCORE_VERTEBRAE)
  if (!a || !b || !c || !d || edges.length < 2) return undefined
  const [longLength, shortLength] = [distance(a, b, scale), distance(c, d, scale)]
  const [long, short] = [inVertebrae(longLength, edges, scale), inVertebrae(shortLength, edges, scale)]
  if (long === undefined || short === undefined) return undefined
  return { long, short, score: long + short, longLength, shortLength }
}

function inVertebrae(length: number, edges: readonly ImagePoint[], scale: Scale): number | undefined {
  return pointAlong(edges, length, scale)?.vertebrae
}

/** Where a length ends that begins at the first edge and goes along all of them; undefined where they do not reach. */
export function pointAlong(
  edges: readonly ImagePoint[],
  length: number,
  scale: Scale,
): { vertebrae: number; at: ImagePoint; way: ImagePoint } | undefined {
  let left = length
  for (let at = 1; at < edges.length; at++) {
    const [from, to] = [edges[at - 1], edges[at]]
    if (!from || !to) return undefined
    const vertebra = distance(from, to, scale)
    if (left <= vertebra) {
      const share = vertebra > 0 ? left / vertebra : 0
      const way: ImagePoint = [to[0] - from[0], to[1] - from[1]]
      return { vertebrae: at - 1 + share, at: [from[0] + way[0] * share, from[1] + way[1] * share], way }
    }
    left -= vertebra
  }
  return undefined
}

/** The circle through three points, in the scale's units; undefined where they lie on one line. */
export function circleThrough(
  [a, b, c]: readonly (ImagePoint | undefined)[],
  { x, y }: Scale,
): { center: ImagePoint; radius: number } | undefined {
  if (!a || !b || !c) return undefined
  const [bx, by] = [(b[0] - a[0]) * x, (b[1] - a[1]) * y]
  const [cx, cy] = [(c[0] - a[0]) * x, (c[1] - a[1]) * y]
  const twice = 2 * (bx * cy - by * cx)
  if (Math.abs(twice) < 1e-9) return undefined
  const [bb, cc] = [bx * bx + by * by, cx * cx + cy * cy]
  const [ux, uy] = [(cy * bb - by * cc) / twice, (bx * cc - cx * bb) / twice]
  return { center: [a[0] + ux / x, a[1] + uy / y], radius: Math.hypot(ux, uy) }
}

/**
 * Norberg: at the centre of each femoral head, between the line to the other centre and the line to the craniolateral edge
 * of its acetabulum. Three points on the edge of each head, then the two edges.
 */
export function norbergAngles(
  points: readonly ImagePoint[],
  scale: Scale,
): { first: number; second: number } | undefined {
  const one = circleThrough(points.slice(0, 3), scale)?.center
  const two = circleThrough(points.slice(3, 6), scale)?.center
  const [edgeOne, edgeTwo] = points.slice(6)
  if (!one || !two || !edgeOne || !edgeTwo) return undefined
  return { first: degreesAt(one, two, edgeOne, scale), second: degreesAt(two, one, edgeTwo, scale) }
}

function degreesAt(apex: ImagePoint, a: ImagePoint, b: ImagePoint, { x, y }: Scale): number {
  const one = [(a[0] - apex[0]) * x, (a[1] - apex[1]) * y] as const
  const two = [(b[0] - apex[0]) * x, (b[1] - apex[1]) * y] as const
  const [crossed, dotted] = [one[0] * two[1] - one[1] * two[0], one[0] * two[0] + one[1] * two[1]]
  return (Math.abs(Math.atan2(crossed, dotted)) * 180) / Math.PI
}

/**
 * Tibial plateau angle (Slocum): between the plateau and the perpendicular of the tibial axis; above 0 where the caudal end
 * is the lower one. Middle of the intercondylar tubercles, centre of the talus, cranial and caudal end of the plateau.
 */
export function plateauAngle(points: readonly ImagePoint[], { x, y }: Scale): number | undefined {
  const [top, bottom, cranial, caudal] = points
  if (!top || !bottom || !cranial || !caudal) return undefined
  const axis = [(bottom[0] - top[0]) * x, (bottom[1] - top[1]) * y] as const
  const plateau = [(caudal[0] - cranial[0]) * x, (caudal[1] - cranial[1]) * y] as const
  const length = Math.hypot(...axis)
  if (!(length > 0) || !(Math.hypot(...plateau) > 0)) return undefined
  const down = (plateau[0] * axis[0] + plateau[1] * axis[1]) / length
  const across = Math.abs(plateau[0] * axis[1] - plateau[1] * axis[0]) / length
  return (Math.atan2(down, across) * 180) / Math.PI
}
