import type { DataSet } from 'dicom-parser'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { decimals, firstDecimal, items, strings, unsigned16 } from '../attributes.ts'

type Shutter = NonNullable<InstanceImage['shutter']>

const MAXIMUM_VERTICES = 4096

/**
 * Display Shutter Module (PS3.3 C.7.6.11), of all frames, or the Frame Display Shutter of the shared functional groups.
 * Lines and columns count from 1; here from the outer corner of the first pixel.
 */
export function shutter(dataSet: DataSet): Shutter | undefined {
  const [shared] = items(dataSet, 'x52009229')
  const scope = (shared && items(shared, 'x00189472')[0]) ?? dataSet
  const shapes = strings(scope, 'x00181600')
  const found: Shutter = { grey: Math.round(((unsigned16(scope, 'x00181622') ?? 0) * 255) / 65535) }
  if (shapes.includes('RECTANGULAR')) {
    const [left, right, top, bottom] = ['x00181602', 'x00181604', 'x00181606', 'x00181608'].map((tag) =>
      firstDecimal(scope, tag),
    )
    // What is visible lies between the edges; the edges themselves are visible.
    if (left !== undefined && right !== undefined && top !== undefined && bottom !== undefined) {
      if (right > left && bottom > top) found.rectangle = { left: left - 1, top: top - 1, right, bottom }
    }
  }
  if (shapes.includes('CIRCULAR')) {
    const [row, column] = decimals(scope, 'x00181610')
    const radius = firstDecimal(scope, 'x00181612')
    if (row !== undefined && column !== undefined && radius !== undefined && radius > 0) {
      found.circle = { center: [column - 0.5, row - 0.5], radius }
    }
  }
  if (shapes.includes('POLYGONAL')) {
    const numbers = decimals(scope, 'x00181620')
    const vertices = Array.from(
      { length: Math.min(MAXIMUM_VERTICES, Math.floor(numbers.length / 2)) },
      (_, index): [number, number] => [(numbers[2 * index + 1] ?? 0) - 0.5, (numbers[2 * index] ?? 0) - 0.5],
    )
    if (vertices.length >= 3) found.polygon = vertices
  }
  return found.rectangle || found.circle || found.polygon ? found : undefined
}
