import { expect, test } from 'vitest'
import { changeUpon } from './changeUpon.ts'

test('a change that comes before the news of the one before builds upon that', async () => {
  const sent: number[][] = []
  const change = changeUpon(async (next: number[]) => void sent.push(next))
  const known = [0, 0]
  change(known, (last) => last.with(0, 1))
  change(known, (last) => last.with(1, 2))
  await Promise.resolve()
  change(known, (last) => [...last, 3])
  expect(sent).toEqual([
    [1, 0],
    [1, 2],
    [1, 2, 3],
  ])
  await new Promise((resolve) => setTimeout(resolve))
  // The news are in, with what another window changed.
  change([9, 9], (last) => last.with(0, 4))
  expect(sent.at(-1)).toEqual([4, 9])
})
