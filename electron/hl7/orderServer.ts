import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Archive } from '#electron/archive/openArchive.ts'
import { isToken } from './orderToken.ts'
import { type Answer, cancelRequest, OrderRefusal, readRequest, takeRequest } from './takeRequest.ts'

type Desk = Pick<Archive, 'reader' | 'writer'>

const BODY_MAX_BYTES = 64 * 1024
const DROPPED_MAX_BYTES = 10 * 1024 * 1024
const CONNECTIONS_MAX = 20
const WITHIN_REQUEST_MS = 10_000
const KEY = /^[\x21-\x7e]{1,100}$/

interface OrderServerOptions {
  port: number
  host: string
  /** '' while no token was made: then nobody is let in. */
  tokenHash(): string
}

/** Orders over REST, for a program on the same computer. Whatever is answered with success is on disk. */
export class OrderServer {
  private readonly desk: Desk
  private readonly options: OrderServerOptions
  private readonly http: Server
  /** Calls without the token, since it listens. */
  strangers = 0

  private constructor(desk: Desk, options: OrderServerOptions) {
    this.desk = desk
    this.options = options
    this.http = createServer(
      { requestTimeout: WITHIN_REQUEST_MS, headersTimeout: WITHIN_REQUEST_MS, maxHeaderSize: 8192 },
      (request, response) => void this.answer(request, response),
    )
    this.http.maxConnections = CONNECTIONS_MAX
  }

  /** Rejects as `listen` of node:net does: EADDRINUSE, EACCES. */
  static async listen(desk: Desk, options: OrderServerOptions): Promise<OrderServer> {
    const server = new OrderServer(desk, options)
    await new Promise<void>((resolve, reject) => {
      server.http.once('error', reject)
      server.http.listen({ port: options.port, host: options.host }, resolve)
    })
    server.http.on('error', () => {})
    return server
  }

  get port(): number {
    const address = this.http.address()
    return typeof address === 'object' && address ? address.port : 0
  }

  async close(): Promise<void> {
    this.http.closeAllConnections()
    await new Promise((resolve) => this.http.close(resolve))
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { status, body } = await this.judge(request)
      send(response, status, body)
    } catch (error) {
      if (error instanceof OrderRefusal) return send(response, error.status, { error: error.message })
      process.stderr.write(`negatoscope: order by REST: ${(error as { code?: string }).code ?? 'unknown error'}\n`)
      send(response, 503, { error: 'The order could not be kept. Send it again later.' })
    }
  }

  private async judge(request: IncomingMessage): Promise<Answer> {
    // A page in a browser has no business here, and says by this header that it is one.
    if (request.headers.origin !== undefined) throw new OrderRefusal(403, 'Web pages are not answered here.')
    const [, token = ''] = /^Bearer ([\x21-\x7e]{1,200})$/.exec(request.headers.authorization ?? '') ?? []
    if (!isToken(token, this.options.tokenHash())) {
      this.strangers += 1
      throw new OrderRefusal(401, 'The header Authorization has to be "Bearer", a blank and the token of Settings.')
    }
    const [, given] = /^\/orders(?:\/([^/?]{1,300}))?$/.exec(request.url ?? '') ?? []
    const isList = request.url === '/orders'
    if (!isList && given === undefined) throw new OrderRefusal(404, 'There is /orders, and /orders/{id}.')
    if (isList) {
      if (request.method !== 'POST') throw new OrderRefusal(405, 'Send an order by POST /orders or PUT /orders/{id}.')
      return takeRequest(this.desk, readRequest(await bodyOf(request), undefined))
    }
    const id = idOf(given ?? '')
    if (request.method === 'PUT') return takeRequest(this.desk, readRequest(await bodyOf(request), id))
    if (request.method === 'DELETE') return cancelRequest(this.desk, id)
    if (request.method === 'GET') return stateOf(this.desk, id)
    throw new OrderRefusal(405, 'An order is sent by PUT, looked at by GET and cancelled by DELETE.')
  }
}

async function stateOf({ reader }: Desk, id: string): Promise<Answer> {
  const order = await reader.orderOfSource(`rest:${id}`)
  if (!order) throw new OrderRefusal(404, 'No order has this id.')
  const { accessionNumber, studyInstanceUID, state, patient } = order
  return { status: 200, body: { id, accessionNumber, studyInstanceUID, patientId: patient.patientId, state } }
}

function idOf(given: string): string {
  let id = ''
  try {
    id = decodeURIComponent(given)
  } catch {
    // Not a right escape: refused below.
  }
  if (!KEY.test(id)) throw new OrderRefusal(400, 'The id has 1 to 100 letters, digits and signs, without blanks.')
  return id
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  if (!/^application\/json(;|$)/i.test(request.headers['content-type'] ?? ''))
    throw new OrderRefusal(415, 'The Content-Type has to be application/json.')
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= BODY_MAX_BYTES) chunks.push(chunk)
    // To leave earlier would cut the connection, and with it the answer that says why.
    if (length > DROPPED_MAX_BYTES) break
  }
  if (length > BODY_MAX_BYTES) throw new OrderRefusal(413, 'An order has at most 64 kB.')
  return Buffer.concat(chunks, length)
}

function send(response: ServerResponse, status: number, body: Record<string, unknown>): void {
  if (response.headersSent || response.destroyed) return
  const text = JSON.stringify(body)
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  }
  // What is left of a body that was not read would be taken for the next request.
  response.writeHead(status, status >= 400 ? { ...headers, connection: 'close' } : headers)
  response.end(text)
}
