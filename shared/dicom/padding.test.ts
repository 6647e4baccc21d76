import { expect, test } from 'vitest'
import { withoutTrailing } from './padding.ts'

test('only what stands at the end is taken away', () => {
  expect(withoutTrailing(' a b\0 \0', '\0 ')).toBe(' a b')
  expect(withoutTrailing('   ', ' ')).toBe('')
  expect(withoutTrailing('', ' ')).toBe('')
})

test('a million spaces before a letter cost no time', () => {
  const text = `${' '.repeat(1_000_000)}x`
  const startedAt = performance.now()
  expect(withoutTrailing(text, ' ')).toBe(text)
  expect(performance.now() - startedAt).toBeLessThan(5000)
})
