import { expect, test } from 'vitest'
import { Frames, framed } from './frames.ts'

test('a message that comes byte by byte is the one that comes at once', () => {
  const frames = new Frames()
  const message = framed('MSH|^~\\&|'.padEnd(5000, 'x'))
  const found = [...message, ...message].flatMap((byte) => frames.take(Buffer.of(byte)))
  expect(found).toEqual([
    { kind: 'message', bytes: message.subarray(1, -2) },
    { kind: 'message', bytes: message.subarray(1, -2) },
  ])
  expect(frames.isInside).toBe(false)
})

test('of a message above 1 MB nothing is kept, and the next one is whole', () => {
  const frames = new Frames()
  const parts = [Buffer.of(0x0b), ...Array.from({ length: 1100 }, () => Buffer.alloc(1000, 'x'))]
  const found = parts.flatMap((part) => frames.take(part))
  expect(found).toEqual([])
  expect(frames.take(Buffer.concat([Buffer.of(0x1c, 0x0d), framed('next')]))).toEqual([
    { kind: 'too-long' },
    { kind: 'message', bytes: Buffer.from('next') },
  ])
})
