import { afterEach, expect, test, vi } from 'vitest'
import { isRemembered, rememberedPlace, rememberPlace } from './rememberedPlace.ts'

function stored(text?: string) {
  const kept = new Map<string, string>(text === undefined ? [] : [['negatoscope.place', text]])
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
}
afterEach(() => vi.unstubAllGlobals())

test('a reload comes back to the studies that were read, and knows that nobody chose them now', () => {
  stored()
  rememberPlace('viewer', [3, 5])
  const place = rememberedPlace()
  expect(place).toEqual({ page: 'viewer', studyIds: [3, 5] })
  expect(isRemembered(place.studyIds)).toBe(true)
  expect(isRemembered([3, 5])).toBe(false)
})

test.each([
  '',
  'null',
  '{"page":"viewer","studyIds":[]}',
  '{"page":"settings","studyIds":[1]}',
  '{"page":"viewer","studyIds":["x"]}',
])('what is no place begins at the list (%s)', (text) => {
  stored(text)
  expect(rememberedPlace()).toEqual({ page: 'studies', studyIds: [] })
})
