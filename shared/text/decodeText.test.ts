import { expect, test } from 'vitest'
import { decodeText } from './decodeText.ts'

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)))

test('a text is read as it was saved: UTF-8, UTF-16, or in the old way of Windows', () => {
  const word = 'Praxis Jörg'
  expect(decodeText(new TextEncoder().encode(word))).toBe(word)
  expect(decodeText(new TextEncoder().encode(`\uFEFF${word}`))).toBe(word)
  expect(decodeText(Buffer.from(`\uFEFF${word}`, 'utf16le'))).toBe(word)
  expect(decodeText(Buffer.from(`\uFEFF${word}`, 'utf16le').swap16())).toBe(word)
  expect(decodeText(bytes('Praxis J', [0xf6], 'rg, 5 ', [0x80]))).toBe('Praxis Jörg, 5 €')
  expect(decodeText(new Uint8Array())).toBe('')
})

test('an image is no text', () => {
  expect(decodeText(bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF'))).toBeUndefined()
  expect(decodeText(new Uint8Array(132))).toBeUndefined()
})
