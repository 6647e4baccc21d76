import type { DataSet } from 'dicom-parser'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { double, items, unsigned16, unsigned32 } from '../attributes.ts'

const CENTIMETRES = 3
const MAXIMUM_REGIONS = 64

/** Ultrasound Calibration Module (PS3.3 C.8.5.5). An axis in time, velocity or anything but cm has no millimetres. */
export function ultrasoundRegions(dataSet: DataSet): InstanceImage['ultrasoundRegions'] {
  const regions: InstanceImage['ultrasoundRegions'] = []
  for (const item of items(dataSet, 'x00186011').slice(0, MAXIMUM_REGIONS)) {
    const x0 = unsigned32(item, 'x00186018')
    const y0 = unsigned32(item, 'x0018601a')
    const x1 = unsigned32(item, 'x0018601c')
    const y1 = unsigned32(item, 'x0018601e')
    if (x0 === undefined || y0 === undefined || x1 === undefined || y1 === undefined || x1 < x0 || y1 < y0) continue
    const mmPerPixelX = millimetres(item, 'x00186024', 'x0018602c')
    const mmPerPixelY = millimetres(item, 'x00186026', 'x0018602e')
    regions.push({ x0, y0, x1, y1, mmPerPixelX, mmPerPixelY })
  }
  return regions
}

function millimetres(item: DataSet, unitTag: string, deltaTag: string): number | null {
  const delta = double(item, deltaTag)
  if (unsigned16(item, unitTag) !== CENTIMETRES || delta === undefined || delta === 0) return null
  return Math.abs(delta) * 10
}
