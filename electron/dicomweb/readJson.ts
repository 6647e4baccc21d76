import type { IncomingMessage } from 'node:http'
import { PassThrough, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { bodyOf } from './body.ts'
import { JSON_BYTES_MAX, JSON_WAIT_MAX_MS } from './bounds.ts'
import { readMediaType } from './mediaType.ts'
import type { WebServer } from './webApi.ts'
import { badAnswer } from './webFailure.ts'

/** Asked for with every JSON. */
export const JSON_ACCEPT = { accept: 'application/dicom+json, application/json;q=0.9', 'accept-encoding': 'gzip' }

/** The JSON of an answer, bounded in size and time; undefined where it has no body (204). */
export async function readJson(response: IncomingMessage, server: WebServer, signal: AbortSignal): Promise<unknown> {
  if (response.statusCode === 204) {
    response.resume()
    return undefined
  }
  const { type } = readMediaType(response.headers['content-type'])
  if (!/^application\/(?:[\w.-]+\+)?json$/.test(type)) {
    response.destroy()
    throw badAnswer(notJson(server, type), type === '' ? 'no content type' : type)
  }
  const text = await decoded(response, server, signal)
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw badAnswer(`${server.name} answers with JSON that cannot be read. Its administrator looks at its log.`, 'JSON')
  }
}

function notJson({ name }: WebServer, type: string): string {
  return type === 'text/html' || type === 'application/xhtml+xml'
    ? `${name} answers with a web page for people. Check the path of its web address; it may also want another way to log in.`
    : `${name} answers with ${type || 'something nameless'} instead of DICOM JSON. Check the path of its web address.`
}

async function decoded(response: IncomingMessage, server: WebServer, signal: AbortSignal): Promise<string> {
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  const raw = Readable.from(bodyOf(response, server, signal, JSON_WAIT_MAX_MS), { objectMode: false })
  if (encoding !== 'gzip' && encoding !== 'identity') {
    response.destroy()
    throw badAnswer(`${server.name} packs its answer as "${encoding.slice(0, 40)}", which nobody asked for.`, encoding)
  }
  const open = encoding === 'gzip' ? createGunzip() : new PassThrough()
  raw.on('error', (error) => open.destroy(error))
  raw.pipe(open)
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of open as AsyncIterable<Buffer>) {
      parts.push(chunk)
      bytes += chunk.length
      if (bytes > JSON_BYTES_MAX)
        throw badAnswer(
          `${server.name} answers without end. Ask for less, or lower the limits under Servers, Web interface.`,
          'too long',
        )
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_'))
      throw badAnswer(`${server.name} says that its answer is packed, and it is not.`, 'gzip')
    throw error
  } finally {
    raw.destroy()
    response.destroy()
  }
  return Buffer.concat(parts).toString('utf8')
}
