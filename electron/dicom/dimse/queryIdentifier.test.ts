import { expect, test } from 'vitest'
import { readQueryIdentifier } from './queryIdentifier.ts'

const EXPLICIT = '1.2.840.10008.1.2.1'

/** (0008,0018) in a long form that no UI has, as a hostile peer may write it: so it holds more than 64 KB. */
function uidElement(text: string): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16LE(0x0008, 0)
  head.writeUInt16LE(0x0018, 2)
  head.write('UN', 4, 'latin1')
  head.writeUInt32LE(text.length, 8)
  return Buffer.concat([head, Buffer.from(text, 'latin1')])
}

test('UIDs are read without their padding', () => {
  const [key] = readQueryIdentifier(uidElement('1.2.3\0\\ 1.2.4 '), EXPLICIT)
  expect(key).toMatchObject({ keyword: 'SOPInstanceUID', value: '1.2.3\\1.2.4' })
})

test('a UID of a million spaces costs no time', () => {
  const text = `1${' '.repeat(900_000)}2 `
  const startedAt = performance.now()
  expect(readQueryIdentifier(uidElement(text), EXPLICIT)[0]?.value.length).toBe(900_002)
  expect(performance.now() - startedAt).toBeLessThan(5000)
})
