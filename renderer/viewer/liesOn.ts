import { frameOf } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { frameKey } from './frameStore.ts'

interface Shown {
  image: InstanceImage
  frame: number
}

/** Of a picture made out of a volume: the same for the same plane of the same series, each time that one is made. */
export function reformatKey(seriesId: number, axis: string, position: readonly number[]): string {
  return `mpr:${seriesId}:${axis}:${position.map((mm) => (Math.abs(mm) < 0.005 ? 0 : mm).toFixed(2)).join(',')}`
}

/** What names a picture for the measurements that lie on it. */
export function lieKey({ image, frame, key }: Shown & { key: string }): string {
  const { plane } = frameOf(image, frame)
  if (!image.reformat || !plane) return key
  return reformatKey(image.reformat.seriesId, image.reformat.axis, plane.position)
}

export function lieKeyOf(item: Shown & { instanceId: number }): string {
  return lieKey({ ...item, key: frameKey(item) })
}
