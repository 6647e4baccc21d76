import { expect, test } from 'vitest'
import { type FrameAnswer, FrameParser } from './frameParser.ts'

function message(index: number, status: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16 + payload.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0x4d52464e, true)
  view.setUint32(4, index, true)
  view.setUint32(8, status, true)
  view.setUint32(12, payload.length, true)
  bytes.set(payload, 16)
  return bytes
}

const stream = new Uint8Array([
  ...message(0, 0, new Uint8Array([1, 2, 3])),
  ...message(1, 1, new TextEncoder().encode('The file ends after 61 % of its pixels.')),
  ...message(2, 0, new Uint8Array(0)),
])

/** Reads as a byte stream does: into the room, as much as there is, and the memory changes hands. */
function read(parser: FrameParser, bytes: Uint8Array, most = bytes.length): void {
  for (let at = 0; at < bytes.length; ) {
    const { room } = parser
    const length = Math.min(room.length, most, bytes.length - at)
    const offset = room.byteOffset
    const memory = room.buffer.transfer()
    new Uint8Array(memory).set(bytes.subarray(at, at + length), offset)
    parser.take(new Uint8Array(memory, offset, length))
    at += length
  }
}

test.each([1, 2, 7, 16, 17, 1000])('frames come out whole however the bytes are cut (%i at a time)', (size) => {
  const frames: [number, FrameAnswer][] = []
  const parser = new FrameParser((index, answer) => frames.push([index, answer]))
  read(parser, stream, size)
  parser.end()
  expect(frames).toEqual([
    [0, { bytes: new Uint8Array([1, 2, 3]) }],
    [1, { failure: 'The file ends after 61 % of its pixels.' }],
    [2, { bytes: new Uint8Array(0) }],
  ])
})

test('a stream that stops inside a frame is an error', () => {
  const parser = new FrameParser(() => undefined)
  read(parser, stream.subarray(0, 18))
  expect(() => parser.end()).toThrow('stopped in the middle')
})

test('what is not a frame is refused', () => {
  const parser = new FrameParser(() => undefined)
  expect(() => read(parser, new TextEncoder().encode('<!doctype html><html>'))).toThrow('not an image')
})
