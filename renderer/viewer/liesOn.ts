import { frameOf } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { frameKey } from './frameStore.ts'

interface Shown {
  image: InstanceImage
  frame: number
}

interface Plane {
  position: readonly number[]
  rowDirection: readonly number[]
  columnDirection: readonly number[]
}

/** Of a picture made out of a volume: the same for the same plane of the same series, each time that one is made. */
export function reformatKey(seriesId: number, axis: string, plane: Plane): string {
  const { position, rowDirection, columnDirection } = plane
  const parts = [written(position, 2), written(rowDirection, 4), written(columnDirection, 4)]
  return `mpr:${seriesId}:${axis}:${parts.join(':')}`
}

/** Without the sign of a zero. */
function written(vector: readonly number[], digits: number): string {
  return vector.map((part) => (Math.abs(part) < 0.5 * 10 ** -digits ? 0 : part).toFixed(digits)).join(',')
}

/** What names a picture for the measurements that lie on it. */
export function lieKey({ image, frame, key }: Shown & { key: string }): string {
  const { plane } = frameOf(image, frame)
  if (!image.reformat || !plane) return key
  return reformatKey(image.reformat.seriesId, image.reformat.axis, plane)
}

export function lieKeyOf(item: Shown & { instanceId: number }): string {
  return lieKey({ ...item, key: frameKey(item) })
}
