import { afterEach, expect, test } from 'vitest'
import { type CodecLimits, CodecPool } from './codecPool.ts'

const worker = new URL('./hangingFixture.worker.ts', import.meta.url)
const open: CodecPool[] = []
afterEach(async () => {
  for (const pool of open.splice(0)) await pool.close()
})

function poolOf(workers: number, limits: Partial<CodecLimits>) {
  const pool = new CodecPool(workers, { worker, ...limits })
  open.push(pool)
  return decodeIn(pool)
}

function decodeIn(pool: CodecPool) {
  return async (frame: number) => {
    const result = await pool.run({ kind: 'frame', path: '', frame })
    return 'failure' in result ? result.failure : 'shown'
  }
}

test('a frame beyond its time is given up with a sentence, and the next one is decoded', async () => {
  const decode = poolOf(1, { patienceMs: 60_000, frameMs: () => 300 })
  const [hung, next] = await Promise.all([decode(1), decode(8)])
  expect(hung).toBe('This image takes too long to decode: its data are damaged.')
  expect(next).toBe('shown')
})

test('a frame that gets little of the processor is waited for', async () => {
  const decode = poolOf(1, { patienceMs: 60_000, frameMs: () => 60 })
  expect(await decode(3)).toBe('shown')
})

test('while a frame hangs the others go on, also where every worker hangs', async () => {
  const decode = poolOf(2, { patienceMs: 50, frameMs: () => 60_000 })
  const hanging = [decode(1), decode(1)]
  // Neither has its answer, and these have.
  expect(await Promise.all([decode(8), decode(9), decode(10)])).toEqual(['shown', 'shown', 'shown'])
  for (const pool of open.splice(0)) await pool.close()
  expect(await Promise.all(hanging)).toEqual(['The workstation is closing.', 'The workstation is closing.'])
})

test('a worker that dies takes only its own frame with it', async () => {
  const decode = poolOf(1, {})
  expect(await Promise.all([decode(8), decode(2), decode(9)])).toEqual([
    'shown',
    'The decoder stopped at this image.',
    'shown',
  ])
})

test('from the first frame on a worker waits for the next one, also beside one that is slow', async () => {
  const pool = new CodecPool(2, { worker, patienceMs: 20, frameMs: () => 60_000 })
  open.push(pool)
  expect(pool.idle).toBe(0)
  const decode = decodeIn(pool)
  const hanging = decode(1)
  expect(pool.idle).toBe(1)
  const alsoHanging = decode(1)
  await expect.poll(() => pool.idle).toBe(1)
  await pool.close()
  expect(await Promise.all([hanging, alsoHanging])).toEqual(Array(2).fill('The workstation is closing.'))
})
