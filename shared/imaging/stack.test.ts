import { expect, test } from 'vitest'
import { displaySets, stackFrames } from './displaySets.ts'
import type { InstanceImage } from './instanceImage.ts'
import { outward } from './outward.ts'
import { slicePosition } from './slicePosition.ts'

const image = (frames: number, frameTimeMs: number | null = null) =>
  ({ frames, frameTimeMs, frameTimeVectorMs: null }) as InstanceImage

test('clips stand alone and single images form one stack', () => {
  const sets = displaySets(7, [
    { instanceId: 1, image: image(1) },
    { instanceId: 2, image: image(30, 40) },
    { instanceId: 3, image: image(1) },
  ])
  expect(sets.map(({ key, images, clip }) => [key, images.length, clip])).toEqual([
    ['7', 2, false],
    ['7/2', 1, true],
  ])
  expect(stackFrames(sets[1]!).map(({ frame }) => frame)).toEqual(Array.from({ length: 30 }, (_, i) => i))
})

test('loading goes outward from the image that was asked for', () => {
  expect(outward(5, 3)).toEqual([3, 4, 2, 1, 0])
  expect(outward(3, 0)).toEqual([0, 1, 2])
  expect(outward(0, 0)).toEqual([])
})

test('a slice is placed along the axis that it cuts', () => {
  const position = (rowDirection: [number, number, number], columnDirection: [number, number, number]) =>
    slicePosition({ position: [1, 2, 3], rowDirection, columnDirection })
  expect(position([1, 0, 0], [0, 1, 0])).toEqual({ axis: 'z', mm: 3 })
  expect(position([1, 0, 0], [0, 0, -1])).toEqual({ axis: 'y', mm: 2 })
  expect(position([0, 1, 0], [0, 0, -1])).toEqual({ axis: 'x', mm: 1 })
})
