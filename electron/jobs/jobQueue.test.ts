import { expect, test } from 'vitest'
import { backOffMs } from './backOff.ts'
import { type Job, JobQueue } from './jobQueue.ts'
import type { JobResult, StopReason } from './jobResult.ts'
import { FakeClock, settled } from './testing/fakeClock.ts'

interface Order {
  id: string
  lane?: string
  rank?: number
  order?: number
  /** Answers one run after the other; the last one for all that follow. */
  results?: JobResult[]
  takesMs?: number
}

/** Jobs of which every run is written down with the time at which it began. */
function desk() {
  const clock = new FakeClock(0)
  const queue = new JobQueue(clock, () => 0.5)
  const runs: string[] = []
  const times = new Map<string, number[]>()
  const add = ({ id, lane = 'send 1', rank = 1, order = 0, results = [{ kind: 'over' }], takesMs = 0 }: Order) => {
    const left = [...results]
    let next = { at: null as number | null, attempts: 0 }
    let stop: (() => void) | undefined
    let reason: StopReason | undefined
    const job: Job = {
      ...{ id, lane, order },
      rank: () => rank,
      notBefore: () => next.at,
      attempts: () => next.attempts,
      async run() {
        runs.push(id)
        times.set(id, [...(times.get(id) ?? []), clock.now()])
        reason = undefined
        await new Promise<void>((resolve) => {
          stop = resolve
          if (takesMs === 0) resolve()
          else clock.after(takesMs, resolve)
        })
        if (reason === 'yield') return { kind: 'yielded' }
        if (reason) return { kind: 'stopped' }
        return (left.length > 1 ? left.shift() : left[0]) ?? { kind: 'over' }
      },
      stop(why) {
        reason = why
        stop?.()
      },
      postponed: ({ at, attempts }) => {
        next = { at, attempts }
      },
    }
    queue.add(job)
    return job
  }
  return { clock, queue, runs, times, add }
}

const nobodyThere: JobResult = { kind: 'again', scope: 'destination', message: '', progressed: false }

test('the back-off begins at 5 s, doubles, and ends at 15 min; jitter keeps two apart and within both', () => {
  const middle = Array.from({ length: 12 }, (_, index) => backOffMs(index + 1, () => 0.5) / 1000)
  expect(middle).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900])
  for (const random of [0, 0.3, 0.999]) {
    for (let attempts = 1; attempts < 100; attempts += 1) {
      const wait = backOffMs(attempts, () => random)
      expect(wait).toBeGreaterThanOrEqual(5000)
      expect(wait).toBeLessThanOrEqual(900_000)
    }
  }
  expect(backOffMs(4, () => 0)).not.toBe(backOffMs(4, () => 1))
})

test('a destination that is dead for ten minutes is tried less and less, and gets everything when it is back', async () => {
  const { clock, times, add } = desk()
  const results = [...Array(7).fill(nobodyThere), { kind: 'over' }] as JobResult[]
  add({ id: 'long', results })
  add({ id: 'after', order: 1 })
  await clock.advance(10 * 60_000)
  expect(times.get('long')).toEqual([0, 5, 15, 35, 75, 155, 315].map((seconds) => seconds * 1000))
  // Nothing else knocks at a dead door.
  expect(times.get('after')).toBeUndefined()
  await clock.advance(60_000)
  expect(times.get('long')).toHaveLength(8)
  expect(times.get('after')).toHaveLength(1)
})

test('a dead destination delays no other by more than a second', async () => {
  const { clock, times, add } = desk()
  for (let index = 0; index < 20; index += 1) add({ id: `dead ${index}`, lane: 'send 1', results: [nobodyThere] })
  // Dialling takes as long as the timeout.
  add({ id: 'slow', lane: 'send 3', takesMs: 30_000, results: [nobodyThere] })
  add({ id: 'alive', lane: 'send 2' })
  await clock.advance(1000)
  expect(times.get('alive')?.[0]).toBeLessThanOrEqual(1000)
})

test('what a destination refuses for want of room does not hold up the other jobs to it', async () => {
  const { clock, times, add } = desk()
  add({ id: 'refused', results: [{ kind: 'again', scope: 'job', message: '', progressed: false }, { kind: 'over' }] })
  add({ id: 'other', order: 1 })
  await clock.advance(1000)
  expect(times.get('other')).toEqual([0])
  await clock.advance(5000)
  expect(times.get('refused')).toEqual([0, 5000])
})

test('one job of a lane runs at a time, urgent ones first, then in order', async () => {
  const { clock, runs, add } = desk()
  add({ id: 'running', rank: 0, takesMs: 100 })
  add({ id: 'low', rank: 2, order: 1 })
  add({ id: 'second', rank: 1, order: 3 })
  add({ id: 'first', rank: 1, order: 2 })
  add({ id: 'urgent', rank: 0, order: 4 })
  await settled()
  expect(runs).toEqual(['running'])
  await clock.advance(200)
  expect(runs).toEqual(['running', 'urgent', 'first', 'second', 'low'])
})

test('an urgent job makes a long one stand aside; that one goes on after it', async () => {
  const { clock, runs, add } = desk()
  add({ id: 'archive', rank: 2, takesMs: 100_000 })
  await settled()
  add({ id: 'urgent', rank: 0, takesMs: 1000 })
  await clock.advance(5000)
  expect(runs).toEqual(['archive', 'urgent', 'archive'])
})

test('waking a lane tries at once; an errand goes between two jobs', async () => {
  const { clock, queue, runs, add } = desk()
  add({ id: 'job', results: [nobodyThere, { kind: 'over' }] }).postponed({ at: 0, attempts: 0, message: '' })
  await settled()
  queue.errand('send 1', async () => void runs.push('errand'))
  await settled()
  expect(runs).toEqual(['job', 'errand'])
  const waiting = add({ id: 'next', order: 1 })
  await settled()
  expect(runs).toEqual(['job', 'errand'])
  queue.wake('send 1')
  await settled()
  expect(runs).toContain('next')
  expect(queue.has(waiting)).toBe(false)
  await clock.advance(1)
})

test('after closing nothing starts any more', async () => {
  const { clock, queue, runs, add } = desk()
  add({ id: 'job', results: [nobodyThere] })
  await settled()
  queue.close()
  add({ id: 'late', lane: 'send 9' })
  await clock.advance(60_000)
  expect(runs).toEqual(['job'])
})
