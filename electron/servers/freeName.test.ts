import { expect, test } from 'vitest'
import { duplicateName, freeName } from './freeName.ts'

test('a new server takes the first free name', () => {
  expect(freeName('New server', [])).toBe('New server')
  expect(freeName('New server', ['New server'])).toBe('New server 2')
  expect(freeName('New server', ['new SERVER', 'New server 2'])).toBe('New server 3')
})

test('a duplicate carries the next number, also that of a duplicate', () => {
  expect(duplicateName('X', ['X'])).toBe('X 2')
  expect(duplicateName('X', ['X', 'X 2'])).toBe('X 3')
  expect(duplicateName('X 2', ['X', 'X 2'])).toBe('X 3')
})

test('a number never makes a name longer than 64 characters', () => {
  const long = 'a'.repeat(64)
  const name = duplicateName(long, [long])
  expect(name).toHaveLength(64)
  expect(name.endsWith(' 2')).toBe(true)
})
