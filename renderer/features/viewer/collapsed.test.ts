import { expect, test } from 'vitest'
import type { MeasurementKind } from '#shared/imaging/measuredValue.ts'
import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'
import { isCollapsed } from './collapsed.ts'

const at = (...columns: number[]) => columns.map((column): ImagePoint => [column, 7])

test.each<[MeasurementKind, ImagePoint[], boolean]>([
  ['length', at(10, 10), true],
  ['length', at(10, 10.2), true],
  ['length', at(10, 10.5), false],
  ['calibration', at(10, 10), true],
  ['ellipse', at(10, 10), true],
  ['angle', at(10, 20, 30), false],
  ['angle', at(10, 20, 20), true],
  ['cobb', at(10, 20, 20, 40), false],
  ['cobb', at(10, 20, 30, 30), true],
  ['bidirectional', at(10, 20, 15, 15), false],
  ['norberg', at(10, 10), true],
  ['probe', at(10), false],
  ['freehand', at(10, 11), true],
  ['freehand', at(10, 10, 10), false],
])('a %s of %j has lost a line: %s', (kind, points, collapsed) => {
  expect(isCollapsed(kind, points)).toBe(collapsed)
})
