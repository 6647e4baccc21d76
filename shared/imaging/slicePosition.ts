import type { ImagePlane } from './instanceImage.ts'

/** Where a slice lies along the patient axis that it cuts most squarely (PS3.3 C.7.6.2.1.1 axes), in mm. */
export function slicePosition(plane: ImagePlane): { axis: 'x' | 'y' | 'z'; mm: number } {
  const [a, b] = [plane.rowDirection, plane.columnDirection]
  const normal = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]] as const
  const sizes = normal.map(Math.abs)
  const main = sizes.indexOf(Math.max(...sizes))
  const axis = (['x', 'y', 'z'] as const)[main] ?? 'z'
  return { axis, mm: plane.position[main] ?? 0 }
}

/** Whether a plane runs along two axes of the patient. */
export function isStraight({ rowDirection, columnDirection }: ImagePlane): boolean {
  return [rowDirection, columnDirection].every((direction) => direction.some((part) => Math.abs(part) > 0.99999))
}
