import { request as httpRequest, type IncomingMessage } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { AssociationError, cancelled } from '#electron/dicom/associationError.ts'
import { bodyOf } from './body.ts'
import { PROBLEM_BYTES_MAX, PROBLEM_WAIT_MAX_MS } from './bounds.ts'
import { agentFor } from './dialAgent.ts'
import { problemWords } from './problemWords.ts'
import { isPassing, refusalSentence } from './refusalSentence.ts'
import { retryAfterMs } from './retryAfter.ts'
import { told } from './told.ts'
import type { WebServer } from './webApi.ts'
import { badAnswer, NETWORK, silent, webFailure } from './webFailure.ts'

export interface WebRequest {
  method: 'GET' | 'POST'
  /** With its query, escaped. */
  path: string
  headers: Record<string, string>
  /** Streamed; made anew for each try. */
  body?: () => AsyncIterable<Uint8Array>
}

/** A server that is busy says for how long; as long as this is waited here, more is left to the queue of jobs. */
const WAITED_HERE_MS = 15_000
const TRIES = 4
/** Of a server that gets too many questions and does not say for how long it wants none. */
const UNSAID_WAIT_MS = 2000
const HEADER_BYTES_MAX = 32 * 1024

/**
 * One request. Resolves with an answer of 2xx whose body is still to be read; anything else rejects, in words. No answer
 * is followed anywhere: a redirect is refused, so that neither password nor data goes to a place that nobody chose.
 */
export async function webCall(server: WebServer, request: WebRequest, signal: AbortSignal): Promise<IncomingMessage> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await told(server, request, () => once(server, request, signal))
    const status = response.statusCode ?? 0
    if (status >= 200 && status < 300) return response
    const refused = await refusalOf(response, status, server, signal)
    const { retryAfterMs: waitMs, passing } = refused.details
    // Only what says when: a server that is down is left to the back-off of the queue.
    if (!passing || waitMs === undefined || waitMs > WAITED_HERE_MS || attempt >= TRIES) throw refused
    await pause(Math.max(waitMs, 100), undefined, { signal }).catch(() => {
      throw cancelled()
    })
  }
}

async function once(server: WebServer, request: WebRequest, signal: AbortSignal): Promise<IncomingMessage> {
  try {
    return await ask(server, request, signal)
  } catch (error) {
    // RFC 9112 9.3.1: a connection that was kept may have been closed while we wrote on it. Nothing was answered.
    if ((error as { wasReused?: boolean }).wasReused && !signal.aborted)
      try {
        return await ask(server, request, signal)
      } catch (again) {
        throw webFailure(again, server, signal)
      }
    throw webFailure(error, server, signal)
  }
}

function ask(server: WebServer, { method, path, headers, body }: WebRequest, signal: AbortSignal) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    if (signal.aborted) return reject(cancelled())
    const own = {
      host: hostHeader(server),
      'user-agent': 'Negatoscope',
      ...headers,
      ...(server.authorization === '' ? {} : { authorization: server.authorization }),
    }
    const request = httpRequest({
      ...{ agent: agentFor(server), host: server.host, port: server.port, method, path, headers: own },
      ...{ maxHeaderSize: HEADER_BYTES_MAX, setHost: false },
    })
    const timer = setTimeout(
      () => request.destroy(silent(server, 'no answer')),
      server.connectTimeoutMs + server.answerTimeoutMs,
    )
    const onAbort = () => request.destroy(cancelled())
    signal.addEventListener('abort', onAbort, { once: true })
    const settle = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    }
    request.once('response', (response) => {
      settle()
      // What the connection does after the answer was judged is told to whoever reads it.
      response.on('error', () => {})
      resolve(response)
    })
    request.on('error', (error) => {
      settle()
      const wasReused = request.reusedSocket && method === 'GET'
      const cause = (error as NodeJS.ErrnoException).code ?? ''
      // No answer had begun: there are other words for that.
      const told = NETWORK.has(cause) ? new AssociationError('LOST', error.message, { cause }) : error
      reject(Object.assign(told, { wasReused }))
    })
    request.on('information', () => {})
    if (!body) return void request.end()
    void write(request, body(), timer).catch((error: unknown) =>
      request.destroy(error instanceof Error ? error : new Error(String(error))),
    )
  })
}

async function write(
  request: ReturnType<typeof httpRequest>,
  body: AsyncIterable<Uint8Array>,
  timer: NodeJS.Timeout,
): Promise<void> {
  for await (const chunk of body) {
    if (request.destroyed || request.writableEnded) return
    if (!request.write(chunk))
      await new Promise<void>((resolve) => {
        const go = () => {
          request.off('drain', go)
          request.off('close', go)
          resolve()
        }
        request.on('drain', go)
        request.on('close', go)
      })
    // Time runs for the server, not for the size of what it is sent.
    timer.refresh()
  }
  request.end()
}

function hostHeader({ host, origin, port }: WebServer): string {
  const name = host.includes(':') ? `[${host}]` : host
  return /:\d+$/.test(origin) ? `${name}:${port}` : name
}

async function refusalOf(
  response: IncomingMessage,
  status: number,
  server: WebServer,
  signal: AbortSignal,
): Promise<AssociationError> {
  if (status >= 300 && status < 400) {
    response.destroy()
    return badAnswer(elsewhere(server, response.headers.location ?? ''), `HTTP ${status}`)
  }
  const said = problemWords(response.headers['content-type'] ?? '', await problemText(response, server, signal))
  const wantedMs = retryAfterMs(response.headers['retry-after'], Date.now())
  const waitMs = wantedMs ?? (status === 429 ? UNSAID_WAIT_MS : undefined)
  const sentence = refusalSentence(server, status, said, wantedMs)
  return new AssociationError('HTTP', sentence, {
    ...{ cause: `HTTP ${status}`, status, sentence, passing: isPassing(status) },
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  })
}

function elsewhere({ name, origin }: WebServer, location: string): string {
  const target = /^https?:\/\/[^/?#\s]{1,253}/i.exec(location)?.[0]
  const where = target === undefined || target.toLowerCase() === origin ? 'another address there' : target
  return `${name} sends us on to ${where}. Nobody follows: user and password stay with the web address that you entered. If that is where it lives now, enter it.`
}

/** Cut off where it does not end; what it said up to there is enough. */
async function problemText(response: IncomingMessage, server: WebServer, signal: AbortSignal): Promise<string> {
  const encoding = response.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') {
    response.destroy()
    return ''
  }
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of bodyOf(response, server, signal, PROBLEM_WAIT_MAX_MS)) {
      parts.push(chunk)
      bytes += chunk.length
      if (bytes > PROBLEM_BYTES_MAX) break
    }
  } catch {
    // Its status says what matters.
  }
  return Buffer.concat(parts).subarray(0, PROBLEM_BYTES_MAX).toString('utf8')
}
