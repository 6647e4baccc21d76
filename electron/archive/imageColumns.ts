import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { integer } from './studyColumns.ts'

/** Raised when describeImage learns something: rows of an earlier version are described anew from their files. */
export const IMAGE_VERSION = 6

/** What the order of images in a series, and the choice of its thumbnail, rest on. */
export function imageColumns(image: InstanceImage, attributes: Record<string, string>) {
  return {
    instance_number: integer(attributes.InstanceNumber ?? ''),
    position: positionAlongNormal(image),
    acquisition_number: integer(attributes.AcquisitionNumber ?? ''),
    acquired_at: image.acquisitionDateTime,
    frames: Math.max(1, Math.trunc(image.frames)),
    drawable: image.obstacle === null ? 1 : 0,
  }
}

/** PS3.3 C.7.6.2.1.1: the position's distance along the cross product of row and column direction. */
function positionAlongNormal(image: InstanceImage): number | null {
  const plane = image.perFrame[0]?.plane
  if (!plane) return null
  const [rx, ry, rz] = plane.rowDirection
  const [cx, cy, cz] = plane.columnDirection
  const [px, py, pz] = plane.position
  const distance = px * (ry * cz - rz * cy) + py * (rz * cx - rx * cz) + pz * (rx * cy - ry * cx)
  return Number.isFinite(distance) ? distance : null
}
