import { afterEach, expect, test } from 'vitest'
import { RequestMemory } from './requestMemory.ts'

const CLAIMED = 500 * 1024
const all: RequestMemory[] = []
const begin = () => {
  const memory = new RequestMemory()
  all.push(memory)
  return memory
}
afterEach(() => {
  for (const memory of all.splice(0)) memory.drop()
})

test('parts come out as one, however they were cut', () => {
  const memory = begin()
  for (let at = 0; at < 200_000; at += 1000) expect(memory.append(Buffer.alloc(1000, at / 1000), CLAIMED)).toBe(true)
  const body = memory.take()
  expect(body).toHaveLength(200_000)
  expect([body[0], body[100_999], body.at(-1)]).toEqual([0, 100, 199])
})

test('long ones share their room, short ones always have some, and what ends gives its room back', () => {
  const long = () => begin().append(Buffer.alloc(400_000), CLAIMED)
  let count = 0
  while (long()) count += 1
  expect(count * 400_000).toBeGreaterThan(8 * 1024 ** 2)
  expect(count * 400_000).toBeLessThanOrEqual(16 * 1024 ** 2)
  expect(begin().append(Buffer.alloc(60_000), CLAIMED)).toBe(true)
  all[0]?.take()
  expect(long()).toBe(true)
  expect(long()).toBe(false)
})
