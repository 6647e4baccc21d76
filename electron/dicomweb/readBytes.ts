import type { IncomingMessage } from 'node:http'
import { bodyOf } from './body.ts'
import { readMediaType } from './mediaType.ts'
import { MultipartError, MultipartReader } from './multipart.ts'
import type { WebServer } from './webApi.ts'
import { badAnswer, lost } from './webFailure.ts'

interface ReadBytes {
  /** Of the first part where it is a multipart. */
  type: string
  transferSyntaxUID: string
  bytes: Buffer
}

const WAIT_MAX_MS = 30_000

/** A small answer as a whole: the body, or the first part of a multipart. Rejects where it is larger than `bytesMax`. */
export async function readBytes(
  response: IncomingMessage,
  { server, bytesMax, signal }: { server: WebServer; bytesMax: number; signal: AbortSignal },
): Promise<ReadBytes> {
  const encoding = response.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') {
    response.destroy()
    throw badAnswer(`${server.name} packs its answer as "${encoding.slice(0, 40)}", which nobody asked for.`, encoding)
  }
  const { type, parameters } = readMediaType(response.headers['content-type'])
  const pieces: Buffer[] = []
  let held = 0
  let parts = 0
  let part = response.headers['content-type']
  const take = (piece: Buffer) => {
    held += piece.length
    if (held > bytesMax) throw badAnswer(`${server.name} answers with more than was asked for.`, 'too long')
    pieces.push(Buffer.from(piece))
  }
  const reader =
    type === 'multipart/related'
      ? new MultipartReader(parameters.get('boundary') ?? '', {
          begin: (headers) => {
            parts += 1
            if (parts === 1) part = headers.get('content-type')
          },
          data: (piece) => parts === 1 && take(piece),
          end: () => {},
        })
      : undefined
  try {
    for await (const chunk of bodyOf(response, server, signal, WAIT_MAX_MS)) {
      if (reader) reader.push(chunk)
      else take(chunk)
      if (parts > 1) break
    }
    if (reader && parts < 2 && !reader.isClosed) throw lost(server, 'no last boundary')
  } catch (error) {
    if (!(error instanceof MultipartError)) throw error
    throw badAnswer(`${server.name} answers with a multipart that cannot be read: ${error.message}.`, 'multipart')
  } finally {
    response.destroy()
  }
  const found = readMediaType(part)
  const transferSyntaxUID = found.parameters.get('transfer-syntax') ?? ''
  return { type: found.type, transferSyntaxUID, bytes: Buffer.concat(pieces) }
}
