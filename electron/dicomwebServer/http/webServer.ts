import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http'
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Identity } from '#electron/dicom/tls/peerTls.ts'
import { TLS_PROFILE } from '#electron/dicom/tls/profile.ts'
import { BASE_PATH, type WebConfiguration, type WebRequest } from '../webApi.ts'
import type { Answer, Asked } from './answer.ts'
import { bodyOf, linger, type Patience } from './body.ts'
import { Connections } from './connections.ts'
import { crossOriginHeaders, preflightHeaders } from './crossOrigin.ts'
import { Gate } from './gate.ts'
import { hostOf, isLoopbackName } from './hostOf.ts'
import { pour } from './pour.ts'
import { type Route, routeOf } from './route.ts'
import { WebRefusal } from './webRefusal.ts'

const URL_LENGTH_MAX = 8192
const REQUESTS_AT_ONCE_MAX = 64
/** Nothing moves on a connection for so long: neither is anything read nor anything written. */
const IDLE_MS = 120_000
const PATIENCE: Patience = { graceMs: 60_000, bytesPerSecond: 1024 }

const OPTIONS: ServerOptions = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 15_000,
  // Bodies have a patience of their own: an upload may take an hour.
  requestTimeout: 0,
  keepAliveTimeout: 20_000,
  connectionsCheckingInterval: 2000,
  insecureHTTPParser: false,
}

const ALWAYS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
}

export interface WebServerParts {
  answer(route: Route, asked: Asked): Promise<Answer>
  log(request: WebRequest): void
  patience?: Patience
}

/** One HTTP or HTTPS listener: who may ask, what is asked, in what bounds. What is answered is for the handlers to say. */
export class WebServer {
  private readonly parts: WebServerParts
  private readonly server: Server | SecureServer
  private readonly connections = new Connections()
  private readonly gate: Gate
  private configuration: WebConfiguration
  private running = 0

  constructor(configuration: WebConfiguration, parts: WebServerParts) {
    this.parts = parts
    this.configuration = configuration
    this.gate = new Gate(configuration.users)
    this.server = configuration.tls
      ? createSecureServer({ ...OPTIONS, ...TLS_PROFILE, ...secureOf(configuration.tls) })
      : createServer(OPTIONS)
    this.server.setTimeout(IDLE_MS)
    this.server.on('connection', (socket) => this.connections.take(socket))
    this.server.on('request', (request, response) => void this.serve(request, response))
    this.server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
      if (socket.writable) socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\n\r\n`)
      else socket.destroy()
    })
    this.server.on('error', () => {})
  }

  /** Rejects as `listen` of node:net does. */
  async listen(): Promise<number> {
    const { host, port } = this.configuration
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(host === undefined ? { port } : { port, host }, () => {
        this.server.off('error', reject)
        resolve()
      })
    })
    return (this.server.address() as AddressInfo).port
  }

  /** For requests from now on; what needs another listener is for the caller to see. */
  configure(configuration: WebConfiguration): void {
    const before = this.configuration.tls
    this.configuration = configuration
    this.gate.admit(configuration.users)
    const { tls } = configuration
    if (tls && before && JSON.stringify(tls) !== JSON.stringify(before) && 'setSecureContext' in this.server)
      this.server.setSecureContext({ ...TLS_PROFILE, ...secureOf(tls) })
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve))
    this.connections.closeAll()
    await closed
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = plainAddress(request.socket.remoteAddress)
    const entry: WebRequest = { at: Date.now(), ms: 0, address, user: '', what: wordOf(request.method), ...NOTHING_YET }
    const startedAt = performance.now()
    const stop = new AbortController()
    response.on('close', () => stop.abort())
    response.on('error', () => stop.abort())
    let answer: Answer
    this.running += 1
    try {
      const body = bodyOf(request, this.parts.patience ?? PATIENCE)
      answer = await this.answerTo(request, { address, entry, signal: stop.signal, body })
      entry.sentence = answer.sentence ?? ''
    } catch (error) {
      answer = refused(error, request.headers.origin, this.configuration.origins)
      entry.sentence = typeof answer.body === 'string' ? answer.body : ''
    }
    entry.status = answer.status
    try {
      if (!stop.signal.aborted) entry.bytes = await this.send(request, response, answer, stop.signal)
    } catch (error) {
      entry.sentence = 'The answer broke off: a file could not be read.'
      process.stderr.write(`negatoscope: DICOMweb: ${error instanceof Error ? error.name : 'unknown error'}\n`)
      response.destroy()
    } finally {
      this.running -= 1
      linger(request)
      if (stop.signal.aborted && !response.writableFinished) entry.sentence ||= 'The caller went away.'
      entry.ms = Math.round(performance.now() - startedAt)
      this.parts.log(entry)
    }
  }

  private async answerTo(
    request: IncomingMessage,
    {
      address,
      entry,
      signal,
      body,
    }: { address: string; entry: WebRequest; signal: AbortSignal; body: AsyncIterable<Buffer> },
  ): Promise<Answer> {
    const { headers, url = '' } = request
    const { origins, tls, users } = this.configuration
    const host = hostOf(headers.host)
    if (users.length === 0 && !isLoopbackName(host))
      throw new WebRefusal(
        403,
        'Without users this service answers on this computer only, under its own name localhost.',
      )
    const { origin } = headers
    const ownOrigin = `${tls ? 'https' : 'http'}://${host}`
    if (origin !== undefined && origin !== ownOrigin && !origins.includes(origin))
      throw new WebRefusal(
        403,
        'Pages of this origin may not ask here. Settings, DICOMweb server, lists those that may.',
      )
    const cors = crossOriginHeaders(origin === ownOrigin ? undefined : origin, origins)
    if (request.method === 'OPTIONS') return this.options(origin)
    if (url.length > URL_LENGTH_MAX) throw new WebRefusal(414, `An address has at most ${URL_LENGTH_MAX} characters.`)
    if (!url.startsWith('/')) throw new WebRefusal(400, 'The address is no path.')
    // Who is refused is told with what was wanted.
    entry.what = wantedIn(request.method, url) ?? entry.what
    entry.user = await this.gate.enter(headers.authorization, address)
    if (this.running > REQUESTS_AT_ONCE_MAX)
      throw new WebRefusal(503, 'Too many requests run at the same time. Try again in a moment.', {
        'retry-after': '1',
      })
    const { pathname, searchParams } = new URL(url, 'http://localhost')
    const route = routeOf(request.method ?? '', pathname)
    const asked: Asked = {
      base: `${ownOrigin}${BASE_PATH}`,
      accept: searchParams.get('accept') ?? headers.accept ?? '',
      contentType: headers['content-type'] ?? '',
      query: searchParams,
      address,
      user: entry.user,
      body,
      signal,
    }
    if (route.kind === 'store' && headers['content-encoding'] !== undefined)
      throw new WebRefusal(415, 'A body is taken as it is, without content encoding.')
    const answer = await this.parts.answer(route, asked)
    return { ...answer, headers: { ...answer.headers, ...cors } }
  }

  private options(origin: string | undefined): Answer {
    const { origins } = this.configuration
    const allow = { allow: 'GET, HEAD, POST, OPTIONS' }
    const headers = origin === undefined ? allow : { ...allow, ...preflightHeaders(origin, origins) }
    return { status: 204, headers, body: '' }
  }

  private async send(
    request: IncomingMessage,
    response: ServerResponse,
    { status, headers, body }: Answer,
    signal: AbortSignal,
  ): Promise<number> {
    const length =
      typeof body === 'string' ? Buffer.byteLength(body) : body instanceof Uint8Array ? body.length : undefined
    const hasBody = status !== 204
    const more = hasBody && length !== undefined ? { 'content-length': String(length) } : {}
    response.writeHead(status, { ...ALWAYS, ...headers, ...more })
    if (request.method !== 'HEAD' && hasBody) return await pour(body, response, signal)
    response.end()
    return 0
  }
}

const NOTHING_YET = { status: 0, bytes: 0, sentence: '' }

const secureOf = ({ certificate, key }: Identity) => ({ cert: certificate, key })

function refused(error: unknown, origin: string | undefined, origins: readonly string[]): Answer {
  const text = { 'content-type': 'text/plain; charset=utf-8', ...crossOriginHeaders(origin, origins) }
  if (error instanceof WebRefusal)
    return { status: error.status, headers: { ...text, ...error.headers }, body: error.message }
  const { code } = error as { code?: unknown }
  if (code === 'THREAD_GONE')
    return { status: 503, headers: { ...text, 'retry-after': '2' }, body: 'The archive is starting again.' }
  if (code !== 'ECONNRESET' && code !== 'ABORT_ERR')
    process.stderr.write(`negatoscope: DICOMweb: ${error instanceof Error ? error.name : 'unknown error'}\n`)
  return { status: 500, headers: text, body: 'The workstation could not answer. Its log has the details.' }
}

/** IPv4 callers of a socket for both are written as such. */
function plainAddress(address = ''): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address
}

function wordOf(method = ''): string {
  return /^[A-Z]{3,7}$/.test(method) ? `${method}, nothing that is here` : 'Nothing that is here'
}

function wantedIn(method = '', url: string): string | undefined {
  try {
    return wordsOf(routeOf(method, new URL(url, 'http://localhost').pathname))
  } catch {
    return undefined
  }
}

const FEEDS = { changes: 'Changes', statistics: 'Statistics' } as const
const LEVELS = { STUDY: 'studies', SERIES: 'series', IMAGE: 'instances' } as const

function wordsOf(route: Route): string {
  if (route.kind === 'search') return `Search ${LEVELS[route.level]}`
  if (route.kind === 'store') return 'Store'
  if (route.kind === 'changes' || route.kind === 'statistics') return FEEDS[route.kind]
  const { target } = route
  const of = target.instance !== undefined ? 'instance' : target.series !== undefined ? 'series' : 'study'
  if (route.kind === 'instances') return `Retrieve ${of}`
  const words = {
    metadata: 'Metadata',
    rendered: 'Picture',
    thumbnail: 'Thumbnail',
    frames: 'Frames',
    bulkData: 'Bulk data',
  }
  return route.kind === 'frames' || route.kind === 'bulkData' ? words[route.kind] : `${words[route.kind]} of ${of}`
}
