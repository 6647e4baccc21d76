import type { IncomingMessage } from 'node:http'
import { CallRefusal } from './callRefusal.ts'

/** A body in bounds; a longer one is `tooLong`. Throws CallRefusal. */
export async function readBody(
  request: IncomingMessage,
  { maxBytes, droppedMaxBytes, tooLong }: { maxBytes: number; droppedMaxBytes: number; tooLong: string },
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= maxBytes) chunks.push(chunk)
    // To leave earlier would cut the connection, and with it the answer that says why.
    if (length > droppedMaxBytes) break
  }
  if (length > maxBytes) throw new CallRefusal(413, tooLong)
  return Buffer.concat(chunks, length)
}
