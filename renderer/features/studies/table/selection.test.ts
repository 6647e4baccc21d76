import { expect, it } from 'vitest'
import { noSelection, select } from './selection.ts'

const keyAt = (row: number) => (row >= 0 && row < 10 ? 100 + row : undefined)

it('selects one row and forgets the others', () => {
  const one = select(noSelection, 2, keyAt)
  expect([...select(one, 5, keyAt).keys]).toEqual([105])
})

it('adds and takes away with Ctrl', () => {
  const two = select(select(noSelection, 2, keyAt), 5, keyAt, { toggle: true })
  expect([...two.keys]).toEqual([102, 105])
  expect([...select(two, 2, keyAt, { toggle: true }).keys]).toEqual([105])
})

it('takes everything between with Shift, in both directions, from the same anchor', () => {
  const start = select(noSelection, 5, keyAt)
  const down = select(start, 7, keyAt, { range: true })
  expect([...down.keys]).toEqual([105, 106, 107])
  const up = select(down, 4, keyAt, { range: true })
  expect([...up.keys]).toEqual([104, 105])
  expect(up.anchor).toBe(5)
})

it('leaves out rows that are not loaded', () => {
  expect([...select(select(noSelection, 8, keyAt), 12, keyAt, { range: true }).keys]).toEqual([108, 109])
})

it('stays the very same where the row is selected alone already', () => {
  const one = select(noSelection, 2, keyAt)
  expect(select(one, 2, keyAt)).toBe(one)
  const two = select(one, 5, keyAt, { toggle: true })
  expect([...select(two, 5, keyAt).keys]).toEqual([105])
  const range = select(one, 5, keyAt, { range: true })
  expect(select(range, 5, keyAt)).toEqual({ keys: new Set([105]), cursor: 5, anchor: 5 })
})
