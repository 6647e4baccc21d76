import { expect, test } from 'vitest'
import { MultipartError, MultipartReader } from './multipart.ts'

function read(bytes: Buffer, pieceBytes: number, boundary = 'BB') {
  const parts: { headers: Record<string, string>; body: string }[] = []
  let body = ''
  let headers: ReadonlyMap<string, string> = new Map()
  const reader = new MultipartReader(boundary, {
    begin: (next) => {
      headers = next
      body = ''
    },
    data: (piece) => {
      body += piece.toString('latin1')
    },
    end: () => void parts.push({ headers: Object.fromEntries(headers), body }),
  })
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.subarray(at, at + pieceBytes))
  return { parts, isClosed: reader.isClosed }
}

const text =
  'preamble\r\n--BB \t\r\nContent-Type: application/dicom\r\nX: 1\r\n\r\nfirst\r\n--B\r\n\r\n--BB\r\n\r\n\r\n--BB\r\n\r\n\r\n\r\n--BBsecond'

test('the parts are the same in whatever pieces the bytes come', () => {
  const whole = `${text.slice(0, text.indexOf('--BBsecond'))}--BB\r\na: b\r\n\r\n\r\nlast\r\n\r\n--BB--\r\nepilogue --BB`
  const expected = {
    parts: [
      { headers: { 'content-type': 'application/dicom', x: '1' }, body: 'first\r\n--B\r\n' },
      { headers: {}, body: '' },
      { headers: {}, body: '\r\n' },
      { headers: { a: 'b' }, body: '\r\nlast\r\n' },
    ],
    isClosed: true,
  }
  for (const size of [1, 2, 3, 5, 7, 16, 64, 10_000])
    expect(read(Buffer.from(whole), size), `${size}`).toEqual(expected)
})

test('what begins with the boundary, and what is empty, is read', () => {
  expect(read(Buffer.from('--BB\r\n\r\nx\r\n--BB--'), 1)).toEqual({
    parts: [{ headers: {}, body: 'x' }],
    isClosed: true,
  })
  expect(read(Buffer.from('--BB--'), 100)).toEqual({ parts: [], isClosed: true })
  expect(read(Buffer.from('--BB\r\n\r\nx\r\n--B'), 3).isClosed).toBe(false)
})

test('a boundary that is none is refused, and what follows one', () => {
  for (const boundary of ['', 'a\r\nb', 'x'.repeat(129), 'ends '])
    expect(() => read(Buffer.from(''), 1, boundary)).toThrow(MultipartError)
  expect(() => read(Buffer.from(`${text}\r\n`), 10)).toThrow('followed by something else')
})
