import { expect, test } from 'vitest'
import { frameDue, frameDurationsMs, frameNext } from './cineClock.ts'

test('a frame time holds for every frame', () => {
  expect(frameDurationsMs(3, 40, null)).toEqual([40, 40, 40])
})

test('a vector holds the increments to each frame, and the last frame stays for their mean', () => {
  expect(frameDurationsMs(4, null, [0, 10, 20, 30])).toEqual([10, 20, 30, 20])
})

test('a useless vector gives way to the frame time, and that to ten a second', () => {
  expect(frameDurationsMs(3, 50, [0, 10])).toEqual([50, 50, 50])
  expect(frameDurationsMs(2, 0, null)).toEqual([100, 100])
  expect(frameDurationsMs(3, 25, [0, 0, 10])).toEqual([25, 10, 5])
})

test('the clock decides: a late look skips frames', () => {
  const durations = [40, 40, 40, 40]
  expect(frameDue(durations, 0, 39)).toBe(0)
  expect(frameDue(durations, 0, 40)).toBe(1)
  expect(frameDue(durations, 0, 130)).toBe(3)
  expect(frameDue(durations, 2, 90)).toBe(0)
  expect(frameDue(durations, 0, 160 * 1000 + 81)).toBe(2)
})

test('a clip that is a few frames late shows each of them, also over its end; one that is far behind goes to what is due', () => {
  const durations = Array.from({ length: 20 }, () => 40)
  expect(frameNext(durations, 2, 2)).toBe(2)
  expect(frameNext(durations, 2, 3)).toBe(3)
  expect(frameNext(durations, 2, 4)).toBe(3)
  expect(frameNext(durations, 2, 10)).toBe(3)
  expect(frameNext(durations, 19, 2)).toBe(0)
  expect(frameNext(durations, 2, 11)).toBe(11)
})

test('a clip that is faster than the screen goes to what is due', () => {
  expect(frameNext([10, 10, 10, 10, 10, 10], 2, 4)).toBe(4)
})
