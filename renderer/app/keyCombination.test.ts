import { expect, it } from 'vitest'
import { isCombination, type KeyPress } from './keyCombination.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})

it('tells a letter from the same letter with a modifier', () => {
  expect(isCombination(press('a'), 'a')).toBe(true)
  expect(isCombination(press('a', { ctrlKey: true }), 'a')).toBe(false)
  expect(isCombination(press('a', { ctrlKey: true }), 'Ctrl A')).toBe(true)
  expect(isCombination(press('a', { metaKey: true }), 'Ctrl A')).toBe(true)
  expect(isCombination(press('a', { ctrlKey: true, altKey: true }), 'Ctrl A')).toBe(false)
})

it('takes a printable sign with or without Shift, as the keyboard needs it', () => {
  expect(isCombination(press('?', { shiftKey: true }), '?')).toBe(true)
  expect(isCombination(press('?'), '?')).toBe(true)
})

it('names arrows and the space bar as they stand on the keys', () => {
  expect(isCombination(press('ArrowUp', { altKey: true }), 'Alt Up')).toBe(true)
  expect(isCombination(press(' '), 'Space')).toBe(true)
  expect(isCombination(press('F6', { shiftKey: true }), 'Shift F6')).toBe(true)
  expect(isCombination(press('F6', { shiftKey: true }), 'F6')).toBe(false)
})
