import { expect, test } from 'vitest'
import { FakeClock } from '#electron/jobs/testing/fakeClock.ts'
import { pruneDaily } from './pruneDaily.ts'

test('the history is pruned at the start and each day, also after a day on which it failed, until the end', async () => {
  const clock = new FakeClock()
  let times = 0
  const prune = async () => {
    times += 1
    if (times === 2) throw new Error('The disk is full')
  }
  const stop = pruneDaily({ prune }, clock)
  expect(times).toBe(1)
  await clock.advance(3 * 86_400_000)
  expect(times).toBe(4)
  stop()
  await clock.advance(3 * 86_400_000)
  expect(times).toBe(4)
})
