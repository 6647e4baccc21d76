import { afterEach, expect, test, vi } from 'vitest'
import { blankImage } from '#shared/imaging/blankImage.ts'
import { Cine } from './cine.ts'

afterEach(() => vi.unstubAllGlobals())

/** A clip of 30 frames of 40 ms, on a screen whose frames come when the test says so. */
function clip(isLoaded: (index: number) => boolean = () => true) {
  let next: FrameRequestCallback | undefined
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    next = callback
    return 1
  })
  vi.stubGlobal('cancelAnimationFrame', () => {
    next = undefined
  })
  const image = { ...blankImage, frames: 30, frameTimeMs: 40 }
  const stack = Array.from({ length: 30 }, (_, frame) => ({ instanceId: 1, frame, image }))
  const state = { stack, index: 0, speed: 1, playing: false }
  const cine = new Cine(
    {
      state,
      store: { setState: (part) => void Object.assign(state, part) },
      goTo: (index) => void Object.assign(state, { index }),
      drawNow: () => {},
    },
    isLoaded,
  )
  const at = (ms: number) => {
    next?.(ms)
    return state.index
  }
  return { cine, state, at }
}

test('a clip goes by the clock, and as many times as fast as is chosen, also while it plays', () => {
  const { cine, state, at } = clip()
  cine.play()
  expect([0, 41, 81, 121].map(at)).toEqual([0, 1, 2, 3])
  cine.setSpeed(4)
  expect([1000, 1011, 1021, 1031].map(at)).toEqual([3, 4, 5, 6])
  cine.setSpeed(0.25)
  expect([2000, 2159, 2161].map(at)).toEqual([6, 6, 7])
  cine.toggle()
  expect(state.playing).toBe(false)
  expect(at(9000)).toBe(7)
})

test('what is not here yet is left out, and the clip is not late for it', () => {
  const { cine, at } = clip((index) => index !== 1)
  cine.play()
  expect([0, 41, 81].map(at)).toEqual([0, 0, 2])
})
