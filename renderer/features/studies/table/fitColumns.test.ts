import { expect, test } from 'vitest'
import type { Column } from './column.ts'
import { fitColumns } from './fitColumns.ts'

const text = () => ''
const columns: Column<unknown>[] = [
  { id: 'name', header: 'Patient', width: 140, least: 100, grow: 1, text },
  { id: 'description', header: 'Description', width: 200, least: 80, grow: 3, text },
  { id: 'series', header: 'Series', width: 60, least: 50, yields: 1, text },
  { id: 'from', header: 'From', width: 100, least: 80, yields: 2, text },
  { id: 'status', header: 'Status', width: 150, least: 130, text },
]
const nothing = { widths: {}, shown: new Set<string>() }
const widths = (room: number, kept = nothing) =>
  Object.fromEntries(fitColumns(columns, room, kept).columns.map(({ id, width }) => [id, width]))
const total = (fitted: Record<string, number>) => Object.values(fitted).reduce((sum, width) => sum + width, 0)

test('columns at their own widths are left alone', () => {
  expect(widths(650)).toEqual({ name: 140, description: 200, series: 60, from: 100, status: 150 })
})

test('what is too much is taken from all, down to their least widths, and nothing is lost', () => {
  const fitted = widths(500)
  expect(Object.keys(fitted)).toHaveLength(5)
  expect(total(fitted)).toBe(500)
  expect(fitted.description).toBeGreaterThanOrEqual(80)
})

test('then columns go that say least, never those that must be seen', () => {
  expect(Object.keys(widths(430))).toEqual(['name', 'description', 'from', 'status'])
  expect(Object.keys(widths(380))).toEqual(['name', 'description', 'status'])
  expect(Object.keys(widths(100))).toEqual(['name', 'description', 'status'])
  expect([...fitColumns(columns, 380, nothing).dropped]).toEqual(['series', 'from'])
})

test('what is left over goes to the columns that end in dots', () => {
  const fitted = widths(1050)
  expect(total(fitted)).toBe(1050)
  expect(fitted).toMatchObject({ name: 240, description: 500, series: 60, status: 150 })
})

test('a column that a person shows or sizes is neither dropped nor changed', () => {
  const kept = { widths: { from: 150 }, shown: new Set(['series']) }
  expect(widths(300, kept)).toMatchObject({ series: 50, from: 150 })
  expect(widths(2000, kept).from).toBe(150)
})

test('before the width is known every column has its own', () => {
  expect(Object.keys(widths(0))).toHaveLength(5)
})
