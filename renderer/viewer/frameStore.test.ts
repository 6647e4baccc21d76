import { expect, test, vi } from 'vitest'
import type { FrameAnswer } from './frameParser.ts'
import { type BroughtFrame, FrameStore } from './frameStore.ts'
import type { FrameName } from './frameStreamMessage.ts'

interface Request {
  frames: readonly FrameName[]
  signal: AbortSignal
  answer(index: number, answer?: FrameAnswer): void
  end(error?: Error): Promise<void>
}

/** A host whose answers the test gives one by one. */
function scriptedHost() {
  const requests: Request[] = []
  const stream = (
    frames: readonly FrameName[],
    signal: AbortSignal,
    onFrame: (index: number, answer: FrameAnswer) => void,
  ) =>
    new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
      requests.push({
        frames,
        signal,
        answer: (index, answer = { bytes: new Uint8Array(10) }) => onFrame(index, answer),
        end: async (error) => {
          if (error) reject(error)
          else resolve()
          for (let turn = 0; turn < 10; turn++) await Promise.resolve()
        },
      })
    })
  return { requests, stream }
}

const wish = (...frames: number[]) => frames.map((frame) => ({ instanceId: 1, frame, bytes: 10 }))
const asked = (request: Request | undefined) => request?.frames.map(({ frame }) => frame)

test('the wanted frames are asked for in one request, in the order of the wish', () => {
  const { requests, stream } = scriptedHost()
  const store = new FrameStore(stream, 1000)
  store.want('a', wish(5, 6, 4))
  expect(requests.map(asked)).toEqual([[5, 6, 4]])
  requests[0]?.answer(0)
  expect(store.get({ instanceId: 1, frame: 5 })).toBeDefined()
  expect(store.get({ instanceId: 1, frame: 6 })).toBeUndefined()
})

test('a jump aborts the stream and asks anew, a step to what comes next does not', () => {
  const { requests, stream } = scriptedHost()
  const store = new FrameStore(stream, 1000)
  store.want('a', wish(0, 1, 2, 3, 4, 5, 6, 7, 8, 9))
  requests[0]?.answer(0)
  store.want('a', wish(2, 3, 1, 4))
  expect(requests).toHaveLength(1)
  store.want('a', wish(9, 8, 7))
  expect(requests[0]?.signal.aborted).toBe(true)
  expect(asked(requests[1])).toEqual([9, 8, 7])
})

test('the first picture of every tile comes before the second of any, the tile asked last first', () => {
  const { requests, stream } = scriptedHost()
  const store = new FrameStore(stream, 1000)
  store.want('a', wish(0, 1))
  store.want('b', wish(10, 11))
  expect(asked(requests.at(-1))).toEqual([10, 0, 11, 1])
})

test('over the budget the far end of the stack is not loaded, and what nobody wants goes', async () => {
  const { requests, stream } = scriptedHost()
  const store = new FrameStore(stream, 30)
  store.want('a', wish(0, 1, 2, 3, 4))
  expect(asked(requests[0])).toEqual([0, 1, 2])
  for (const index of [0, 1, 2]) requests[0]?.answer(index)
  await requests[0]?.end()
  store.want('a', wish(4, 3, 2))
  expect(asked(requests[1])).toEqual([4, 3])
  requests[1]?.answer(0)
  requests[1]?.answer(1)
  expect(store.bytes).toBe(30)
  expect([0, 1, 2, 3, 4].map((frame) => !!store.get({ instanceId: 1, frame }))).toEqual([
    false,
    false,
    true,
    true,
    true,
  ])
})

test('a lost connection is tried again and given up after a while, until a person asks', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { requests, stream } = scriptedHost()
  const store = new FrameStore(stream, 1000)
  const heard: string[] = []
  store.subscribe((key) => heard.push(key))
  store.want('a', wish(0))
  for (let attempt = 0; attempt < 4; attempt++) {
    await requests.at(-1)?.end(new Error('gone'))
    await vi.advanceTimersByTimeAsync(5000)
  }
  expect(requests).toHaveLength(4)
  expect(store.unreachable).toBe(true)
  expect(heard).toEqual([''])
  store.retry([{ instanceId: 1, frame: 0 }])
  expect(requests).toHaveLength(5)
  vi.useRealTimers()
})

test('a frame that failed is not asked for again unless a person says so', async () => {
  const { requests, stream } = scriptedHost()
  const store = new FrameStore(stream, 1000)
  store.want('a', wish(0, 1))
  requests[0]?.answer(0, { failure: 'The file ends after 61 % of its pixels.' })
  requests[0]?.answer(1)
  await requests[0]?.end()
  store.want('a', wish(0, 1))
  expect(requests).toHaveLength(1)
  store.retry([{ instanceId: 1, frame: 0 }])
  expect(asked(requests[1])).toEqual([0])
})

test('frames of studies that were closed are let go, and what is still wanted stays', async () => {
  const { requests, stream } = scriptedHost()
  const store = new FrameStore(stream, 1000)
  store.want('a', wish(0, 1, 2))
  for (const index of [0, 1, 2]) requests[0]?.answer(index)
  await requests[0]?.end()
  store.want('a', wish(1))
  expect(store.bytes).toBe(30)
  store.release()
  expect(store.bytes).toBe(10)
  expect([0, 1, 2].map((frame) => store.has({ instanceId: 1, frame }))).toEqual([false, true, false])
})

test('nothing is asked for while a frame comes by another way, and that one not at all', async () => {
  const { requests, stream } = scriptedHost()
  const store = new FrameStore(stream, 1000)
  const arrived: string[] = []
  store.subscribe((key) => arrived.push(key))
  const { promise, resolve } = Promise.withResolvers<BroughtFrame | undefined>()
  store.bring('ahead', promise)
  store.want('a', wish(0, 1))
  expect(requests).toEqual([])
  await store.brought(1)
  expect(arrived).toEqual([])
  const isBrought = store.brought(60_000).then(() => arrived.length)
  resolve({ instanceId: 1, frame: 0, bytes: new Uint8Array(10) })
  expect(await isBrought).toBe(1)
  await store.brought(60_000)
  await expect.poll(() => requests.map(asked)).toEqual([[1]])
  expect(arrived).toEqual(['neg:1:0'])
  // Also before somebody shows it, it is wanted.
  store.want('a', [])
  store.release()
  expect(store.has({ instanceId: 1, frame: 0 })).toBe(true)
})

test('where what was to come by another way does not, the usual way is gone', async () => {
  const { requests, stream } = scriptedHost()
  const store = new FrameStore(stream, 1000)
  store.bring('ahead', Promise.reject(new Error('offline')))
  store.want('a', wish(0))
  await store.brought(60_000)
  await expect.poll(() => requests.map(asked)).toEqual([[0]])
})
