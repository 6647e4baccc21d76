import { randomBytes } from 'node:crypto'
import type { Answer } from '../http/answer.ts'

export interface Part {
  /** Of the content; `transfer-syntax` belongs to it. */
  contentType: string
  location?: string
  body: Uint8Array | AsyncIterable<Uint8Array>
}

const LINE = '\r\n'

/** A multipart/related message (RFC 2387) whose parts are made one after the other, as the reader takes them. */
export function multipartAnswer(
  type: string,
  parts: AsyncIterable<Part>,
  more: Partial<Pick<Answer, 'status' | 'headers' | 'sentence'>> = {},
): Answer {
  const boundary = randomBytes(24).toString('hex')
  return {
    status: 200,
    ...more,
    headers: { 'content-type': `multipart/related; type="${type}"; boundary=${boundary}`, ...more.headers },
    body: written(boundary, parts),
  }
}

async function* written(boundary: string, parts: AsyncIterable<Part>): AsyncGenerator<Uint8Array | string> {
  let isFirst = true
  for await (const { contentType, location, body } of parts) {
    const head = [
      `${isFirst ? '' : LINE}--${boundary}`,
      `Content-Type: ${contentType}`,
      ...(location === undefined ? [] : [`Content-Location: ${location}`]),
      ...(body instanceof Uint8Array ? [`Content-Length: ${body.length}`] : []),
    ]
    isFirst = false
    yield `${head.join(LINE)}${LINE}${LINE}`
    if (body instanceof Uint8Array) yield body
    else yield* body
  }
  yield `${isFirst ? '' : LINE}--${boundary}--${LINE}`
}
