import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { practicePlace } from '#electron/practice/practicePlace.ts'
import type { Workstation } from '#electron/workstation.ts'
import type { PageFile } from './pageFiles.ts'
import { securityHeaders } from './securityHeaders.ts'
import { comesFromOurPage, Session } from './session.ts'
import { socketWire } from './socketWire.ts'

export interface PageServerParts {
  pageFile(urlPath: string): Promise<PageFile | undefined>
  workstation: Pick<Workstation, 'dataPlane' | 'serve' | 'practiceHost'>
}

const MAX_SESSION_BODY = 1024
const MAX_MESSAGE_BYTES = 8 * 1024 * 1024

/** Binds the page's port on loopback; throws EADDRINUSE or EACCES as Node does. Requests wait until `start`. */
export async function bindPage(port: number): Promise<PageServer> {
  const http = createServer()
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen({ port, host: '127.0.0.1' }, resolve)
  })
  return new PageServer(http)
}

/** The workstation's page over HTTP: files, session, contract (WebSocket) and data plane. */
export class PageServer {
  readonly port: number
  private readonly http: Server
  private readonly session: Session
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES })

  constructor(http: Server) {
    this.http = http
    this.port = (http.address() as AddressInfo).port
    this.session = new Session(this.port)
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/#token=${this.session.token}`
  }

  start(parts: PageServerParts): void {
    this.http.on('request', (request, response) => {
      this.answer(request, response, parts).catch((error: unknown) => {
        if (!response.headersSent) send(response, 500, 'The workstation could not answer. The log has the details.')
        else response.destroy()
        console.error(`page: ${error instanceof Error ? error.message : String(error)}`)
      })
    })
    this.http.on('upgrade', (request, socket, head) => {
      // Node takes its own listener off an upgraded socket; a peer that resets it must not end the process.
      socket.on('error', () => socket.destroy())
      const { isPractice, path } = practicePlace(request.url ?? '')
      const allowed =
        path === '/wire' &&
        request.headers.origin !== undefined &&
        comesFromOurPage(request, this.port) &&
        this.session.holds(request)
      if (!allowed) return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      const { practiceHost } = parts.workstation
      if (!isPractice || !practiceHost) {
        this.sockets.handleUpgrade(request, socket, head, (webSocket) => parts.workstation.serve(socketWire(webSocket)))
        return
      }
      // The page speaks as soon as it is let in; whoever listens has to be there by then.
      practiceHost.ready().then(
        () =>
          this.sockets.handleUpgrade(request, socket, head, (webSocket) => practiceHost.serve(socketWire(webSocket))),
        (error: unknown) => {
          console.error(`practice does not start: ${error instanceof Error ? error.message : String(error)}`)
          socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n')
        },
      )
    })
  }

  async close(): Promise<void> {
    for (const client of this.sockets.clients) client.terminate()
    this.http.closeAllConnections()
    await new Promise((resolve) => this.http.close(resolve))
  }

  private async answer(request: IncomingMessage, response: ServerResponse, parts: PageServerParts): Promise<void> {
    if (!comesFromOurPage(request, this.port)) return send(response, 403, 'This port serves its own page only.')
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const { path } = practicePlace(pathname)
    if (path === '/session' && request.method === 'POST') return this.openSession(request, response)
    if (path.startsWith('/data/')) {
      if (!this.session.holds(request))
        return send(response, 401, 'Open the page with the address that the workstation printed.')
      return relay(request, response, parts)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'Only GET here.')
    const file = await parts.pageFile(path)
    if (!file) return send(response, 404, 'Nothing here.')
    response.writeHead(200, {
      ...securityHeaders,
      'content-type': file.type,
      'content-length': file.bytes.byteLength,
      'cache-control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
    })
    response.end(request.method === 'HEAD' ? undefined : file.bytes)
  }

  private async openSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const cookie = this.session.exchange(await readToken(request))
    if (!cookie)
      return send(response, 403, 'This address is from another run of the workstation. Open the one it printed last.')
    response.writeHead(204, { ...securityHeaders, 'set-cookie': cookie })
    response.end()
  }
}

/** Node's request becomes a fetch Request, the Response is streamed back with back-pressure. */
async function relay(request: IncomingMessage, response: ServerResponse, parts: PageServerParts): Promise<void> {
  const abort = new AbortController()
  response.on('close', () => abort.abort())
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD'
  const init: RequestInit & { duplex?: 'half' } = { method: request.method ?? 'GET', signal: abort.signal }
  const known = request.headers['if-none-match']
  if (known) init.headers = { 'if-none-match': known }
  if (hasBody) {
    init.body = bodyOf(request)
    init.duplex = 'half'
  }
  const { pathname, search } = new URL(request.url ?? '/', 'http://127.0.0.1')
  const { isPractice, path } = practicePlace(pathname)
  const { workstation } = parts
  const plane = (isPractice && workstation.practiceHost) || workstation
  const answer = await plane.dataPlane(new Request(`http://127.0.0.1${path}${search}`, init))
  drop(request)
  response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), ...securityHeaders })
  if (!answer.body) return void response.end()
  await pour(answer.body, response, abort.signal)
}

/**
 * A request's body as a stream. An answer may come before all of it was read (a file that is refused by its header): the
 * rest is then read and dropped, since closing the connection would lose the answer, and the next request on it.
 */
function bodyOf(request: IncomingMessage): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        request.on('data', (chunk: Buffer) => {
          controller.enqueue(chunk)
          if ((controller.desiredSize ?? 0) <= 0) request.pause()
        })
        request.once('end', () => close(controller))
        request.once('error', (error) => controller.error(error))
        request.once('aborted', () => controller.error(new Error('The sender went away')))
        request.pause()
      },
      pull: () => void request.resume(),
      cancel: () => drop(request),
    },
    { highWaterMark: 1024 * 1024, size: (chunk) => chunk?.byteLength ?? 0 },
  )
}

/** What is still to come is read and forgotten. */
function drop(request: IncomingMessage): void {
  request.removeAllListeners('data')
  request.resume()
}

function close(controller: ReadableStreamDefaultController): void {
  try {
    controller.close()
  } catch {
    // Cancelled before: nobody reads on.
  }
}

async function pour(body: ReadableStream<Uint8Array>, response: ServerResponse, signal: AbortSignal): Promise<void> {
  const reader = body.getReader()
  let wake = () => {}
  const aborted = () => wake()
  signal.addEventListener('abort', aborted)
  response.on('drain', aborted)
  try {
    while (!signal.aborted) {
      const { done, value } = await reader.read()
      if (done) return void response.end()
      if (response.write(value) || signal.aborted) continue
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } finally {
    signal.removeEventListener('abort', aborted)
    response.off('drain', aborted)
    await reader.cancel().catch(() => {})
  }
}

async function readToken(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_SESSION_BODY) return ''
    chunks.push(chunk)
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    const token = (body as { token?: unknown } | null)?.token
    return typeof token === 'string' ? token : ''
  } catch {
    return ''
  }
}

function send(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8' })
  response.end(sentence)
}
