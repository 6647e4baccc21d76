import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { callQuery } from '../api/useQueryOperation.ts'
import type { Measurement } from './measurements.ts'

/** The image that a measurement lies on, also where no tile has it. */
export async function imageOf({ seriesId, instanceId }: Measurement): Promise<InstanceImage> {
  const images = await callQuery('studies', 'images', { seriesId })
  const found = images.find((each) => each.instanceId === instanceId)
  if (!found) throw new Error('The image that it lies on is no longer on this workstation.')
  return found.image
}
