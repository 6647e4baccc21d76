import { expect, it } from 'vitest'
import { dayLayout, flatLayout, worthGrouping } from './dayLayout.ts'

it('puts a group row before the rows of each day', () => {
  const layout = dayLayout([
    { date: '20261121', count: 2 },
    { date: '20261120', count: 1 },
    { date: '', count: 3 },
  ])
  const items = Array.from({ length: layout.itemCount }, (_, item) => layout.itemAt(item))
  expect(items.map((item) => (item.kind === 'row' ? item.row : `${item.date}/${item.count}`))).toEqual([
    '20261121/2',
    0,
    1,
    '20261120/1',
    2,
    '/3',
    3,
    4,
    5,
  ])
  for (const [index, item] of items.entries()) if (item.kind === 'row') expect(layout.itemOfRow(item.row)).toBe(index)
})

it('groups only where days have several studies', () => {
  expect(worthGrouping([{ date: '20261121', count: 3 }])).toBe(true)
  expect(worthGrouping([{ date: '20261121', count: 2 }, ...['a', 'b', 'c'].map((date) => ({ date, count: 1 }))])).toBe(
    false,
  )
})

it('is flat where days mean nothing', () => {
  const layout = flatLayout(3)
  expect(layout.itemAt(2)).toEqual({ kind: 'row', row: 2 })
  expect(layout.itemOfRow(2)).toBe(2)
})

it('finds its way in 3,000 days', () => {
  const layout = dayLayout(Array.from({ length: 3000 }, (_, day) => ({ date: String(20000000 + day), count: 33 })))
  expect(layout.itemCount).toBe(3000 * 34)
  expect(layout.itemAt(34 * 1500)).toMatchObject({ kind: 'group', date: '20001500' })
  expect(layout.itemAt(34 * 1500 + 33)).toEqual({ kind: 'row', row: 33 * 1501 - 1 })
})
