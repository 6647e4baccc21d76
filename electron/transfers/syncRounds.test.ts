import { expect, test } from 'vitest'
import { SyncRounds } from './syncRounds.ts'

/** A file whose sync the test ends. */
function file(begun: string[], name: string) {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const syncAside = () => {
    begun.push(name)
    return promise
  }
  return { syncAside, end: resolve, fail: reject }
}

test('what comes while others are synced is synced together, and nothing waits for company', async () => {
  const begun: string[] = []
  const [first, second, third] = [file(begun, 'first'), file(begun, 'second'), file(begun, 'third')]
  const rounds = new SyncRounds()
  const one = rounds.sync(first)
  expect(begun).toEqual(['first'])
  const others = [rounds.sync(second), rounds.sync(third)]
  expect(begun).toEqual(['first'])
  first.end()
  await one
  await expect.poll(() => begun).toEqual(['first', 'second', 'third'])
  second.end()
  third.end()
  await Promise.all(others)
})

test('a file that is lost takes no other with it, nor what comes after', async () => {
  const begun: string[] = []
  const rounds = new SyncRounds()
  const [first, second] = [file(begun, 'first'), file(begun, 'second')]
  const lost = expect(rounds.sync(first)).rejects.toThrow('disk')
  const kept = rounds.sync(second)
  first.fail(new Error('disk'))
  await lost
  second.end()
  await kept
  const later = file(begun, 'later')
  later.end()
  await rounds.sync(later)
})
