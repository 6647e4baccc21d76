/** In the patient's coordinates (PS3.3 C.7.6.2.1.1), millimetres. */
export type Vector3 = readonly [number, number, number]

export const dot = (a: Vector3, b: Vector3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
export const minus = (a: Vector3, b: Vector3): Vector3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
export const plus = (a: Vector3, b: Vector3): Vector3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
export const times = (a: Vector3, by: number): Vector3 => [a[0] * by, a[1] * by, a[2] * by]
export const cross = (a: Vector3, b: Vector3): Vector3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]

/** Turned around a unit vector, from row to column where that is their cross product (Rodrigues). */
export function turned(a: Vector3, around: Vector3, radians: number): Vector3 {
  const [cosine, sine] = [Math.cos(radians), Math.sin(radians)]
  return plus(plus(times(a, cosine), times(cross(around, a), sine)), times(around, dot(around, a) * (1 - cosine)))
}
