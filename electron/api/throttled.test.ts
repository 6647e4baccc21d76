import { expect, test } from 'vitest'
import { Changes } from '#electron/settings/changes.ts'
import { throttled } from './throttled.ts'

test('a snapshot comes first, many changes come as few items, the last value is never lost', async () => {
  const changes = new Changes()
  const abort = new AbortController()
  let value = 0
  const startedAt = performance.now()
  const items: number[] = []
  const stream = throttled({
    subscribe: (notify) => changes.onChange(notify),
    take: () => value,
    signal: abort.signal,
    intervalMs: 30,
  })
  const read = (async () => {
    for await (const item of stream) items.push(item)
  })()
  for (let step = 1; step <= 50; step += 1) {
    value = step
    changes.tell()
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await expect.poll(() => items.at(-1)).toBe(50)
  abort.abort()
  await read
  expect(items[0]).toBe(0)
  // One at once, then at most one in 30 ms.
  expect(items.length).toBeLessThanOrEqual(2 + (performance.now() - startedAt) / 30)
})

test('it ends at once when it is cancelled, and listens no more', async () => {
  const changes = new Changes()
  const abort = new AbortController()
  let listening = 0
  const stream = throttled({
    subscribe: (notify) => {
      listening += 1
      const stop = changes.onChange(notify)
      return () => {
        listening -= 1
        stop()
      }
    },
    take: () => 1,
    signal: abort.signal,
    intervalMs: 10_000,
  })
  const items: number[] = []
  setTimeout(() => abort.abort(), 20)
  for await (const item of stream) items.push(item)
  expect(items).toEqual([1])
  expect(listening).toBe(0)
})
