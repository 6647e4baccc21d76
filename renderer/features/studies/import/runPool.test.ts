import { expect, it } from 'vitest'
import { runPool } from './runPool.ts'

const pause = () => new Promise((resolve) => setTimeout(resolve, 2))

it('does everything once, never more than so many at a time', async () => {
  const done: number[] = []
  let running = 0
  let most = 0
  const items = Array.from({ length: 20 }, (_, index) => index)
  await runPool(
    items,
    4,
    async (item) => {
      running += 1
      most = Math.max(most, running)
      await pause()
      running -= 1
      done.push(item)
    },
    new AbortController().signal,
  )
  expect(done.sort((a, b) => a - b)).toEqual(items)
  expect(most).toBe(4)
})

it('takes nothing new after it was stopped', async () => {
  const stop = new AbortController()
  let done = 0
  await runPool(
    [1, 2, 3, 4, 5, 6],
    2,
    async () => {
      done += 1
      stop.abort()
      await pause()
    },
    stop.signal,
  )
  expect(done).toBe(1)
})
