import { MessageChannel } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { expose } from './expose.ts'
import type { ThreadPort } from './message.ts'
import { type RemoteError, remote } from './remote.ts'

const open: MessageChannel[] = []
afterEach(() => {
  for (const { port1 } of open.splice(0)) port1.close()
})

function pair<Api extends object>(api: Api) {
  const channel = new MessageChannel()
  open.push(channel)
  expose(channel.port1 as ThreadPort, api)
  return { channel, there: remote<Api>(channel.port2 as ThreadPort) }
}

test('a call comes back with its value', async () => {
  const { there } = pair({ add: async (a: number, b: number) => a + b })
  expect(await there.add(2, 3)).toBe(5)
})

test('an error keeps its message, code and details', async () => {
  const { there } = pair({
    store: async () => {
      throw Object.assign(new Error('disk is full'), { code: 'no-space', details: { status: 0xa700 } })
    },
  })
  const error = (await there.store().catch((e: unknown) => e)) as RemoteError
  expect(error).toMatchObject({ message: 'disk is full', code: 'no-space', details: { status: 0xa700 } })
})

test('a stream waits for a slow reader instead of filling memory', async () => {
  let made = 0
  const { there } = pair({
    count: async function* (to: number): AsyncGenerator<number> {
      for (let i = 0; i < to; i += 1) {
        made = i
        yield i
      }
    },
  })
  let seen = 0
  for await (const value of there.count(1000)) {
    expect(value).toBe(seen)
    seen += 1
    if (seen === 5) {
      await new Promise((resolve) => setTimeout(resolve, 30))
      expect(made).toBeLessThan(100)
    }
  }
  expect(seen).toBe(1000)
})

test('an AbortSignal stops the work on the other thread', async () => {
  let stopped = false
  const { there } = pair({
    wait: (signal: AbortSignal) =>
      new Promise<string>((resolve) => {
        signal.addEventListener('abort', () => {
          stopped = true
          resolve('stopped')
        })
      }),
  })
  const abort = new AbortController()
  const answer = there.wait(abort.signal)
  abort.abort()
  expect(await answer).toBe('stopped')
  expect(stopped).toBe(true)
})

test('leaving the loop ends the generator on the other thread', async () => {
  let ended = false
  const { there } = pair({
    forever: async function* (): AsyncGenerator<number> {
      try {
        for (let i = 0; ; i += 1) yield i
      } finally {
        ended = true
      }
    },
  })
  for await (const value of there.forever()) if (value === 3) break
  await expect.poll(() => ended).toBe(true)
})

test('open calls fail when the thread goes away', async () => {
  const { channel, there } = pair({ never: () => new Promise<void>(() => {}) })
  const answer = there.never().catch((error: RemoteError) => error.code)
  channel.port1.close()
  expect(await answer).toBe('THREAD_GONE')
})
