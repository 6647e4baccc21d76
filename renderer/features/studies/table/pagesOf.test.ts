import { expect, it } from 'vitest'
import { pagesOf } from './pagesOf.ts'

it('asks for the pages on screen, the first one always, and the next one in time', () => {
  expect(pagesOf(0, 40, 200)).toEqual([0])
  expect(pagesOf(0, 170, 200)).toEqual([0, 1])
  expect(pagesOf(99_900, 99_940, 200)).toEqual([0, 499])
  expect(pagesOf(99_995, 100_030, 200)).toEqual([0, 499, 500])
})
