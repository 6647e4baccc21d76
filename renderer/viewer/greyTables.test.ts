import { expect, it } from 'vitest'
import { type GreyMapping, greyTable } from '#shared/imaging/windowLut.ts'
import { keptGreyTable } from './greyTables.ts'

const mapping = (center: number): GreyMapping => ({
  ...{ slope: 1, intercept: 0, center, width: 50, shape: 'linear', inverted: false, curve: null },
})

it('makes a table once for each window, type of values and polarity', () => {
  const table = keptGreyTable(0, 256, mapping(100))
  expect(table).toEqual(greyTable(0, 256, mapping(100)))
  expect(keptGreyTable(0, 256, mapping(100))).toBe(table)
  expect(keptGreyTable(-128, 256, mapping(100))).toEqual(greyTable(-128, 256, mapping(100)))
  expect(keptGreyTable(0, 256, { ...mapping(100), inverted: true })).not.toEqual(table)
  expect(keptGreyTable(0, 256, mapping(100))).toBe(table)
})

it('forgets the one that was used longest ago', () => {
  const [first, second] = [keptGreyTable(0, 256, mapping(1)), keptGreyTable(0, 256, mapping(2))]
  for (let center = 3; center <= 8; center += 1) keptGreyTable(0, 256, mapping(center))
  expect(keptGreyTable(0, 256, mapping(1))).toBe(first)
  keptGreyTable(0, 256, mapping(9))
  expect(keptGreyTable(0, 256, mapping(1))).toBe(first)
  expect(keptGreyTable(0, 256, mapping(2))).not.toBe(second)
})
