import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Identity } from '#electron/dicom/tls/peerTls.ts'
import { type NotificationMessage, readMessage } from './message.ts'
import { NotificationRefusal } from './notificationRefusal.ts'

export const NOTIFICATION_PATH = '/notify'
const BODY_MAX_BYTES = 4096
const DROPPED_MAX_BYTES = 1024 * 1024
const CONNECTIONS_MAX = 50
const REQUESTS_PER_CONNECTION = 1000
const WITHIN_REQUEST_MS = 10_000
const IDLE_MS = 5000

export interface NotificationServerOptions {
  port: number
  host: string | undefined
  /** Over TLS where there is one. */
  identity: Identity | undefined
  /** Which server has this secret; undefined: nobody. Throws NotificationRefusal where it calls too often. */
  caller(secret: string): number | undefined
  /** Resolves when what is to become of it is on disk. */
  take(serverId: number, message: NotificationMessage): Promise<void>
  refused(serverId: number): void
}

/** R045, R046: one question of one form, from whoever has a secret; everything else is refused in a sentence. */
export class NotificationServer {
  private readonly options: NotificationServerOptions
  private readonly http: Server

  private constructor(options: NotificationServerOptions) {
    this.options = options
    const limits = { requestTimeout: WITHIN_REQUEST_MS, headersTimeout: WITHIN_REQUEST_MS, maxHeaderSize: 4096 }
    const more = { ...limits, keepAliveTimeout: IDLE_MS, connectionsCheckingInterval: 1000 }
    const answer: RequestListener = (request, response) => void this.answer(request, response)
    const { identity } = options
    this.http = identity
      ? createSecureServer({ ...more, cert: identity.certificate, key: identity.key, minVersion: 'TLSv1.2' }, answer)
      : createServer(more, answer)
    this.http.maxConnections = CONNECTIONS_MAX
    this.http.maxRequestsPerSocket = REQUESTS_PER_CONNECTION
  }

  /** Rejects as `listen` of node:net does: EADDRINUSE, EACCES. */
  static async listen(options: NotificationServerOptions): Promise<NotificationServer> {
    const server = new NotificationServer(options)
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
    const closed = new Promise((resolve) => this.http.close(resolve))
    this.http.closeAllConnections()
    await closed
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let serverId: number | undefined
    try {
      serverId = this.callerOf(request)
      await this.options.take(serverId, readMessage(await bodyOf(request)))
      send(response, 202, { taken: true })
    } catch (error) {
      if (serverId !== undefined) this.options.refused(serverId)
      if (error instanceof NotificationRefusal) return send(response, error.status, { error: error.message })
      send(response, 503, { error: 'This could not be taken. Send it again later.' })
    }
  }

  private callerOf(request: IncomingMessage): number {
    // A page in a browser has no business here, and says by this header that it is one.
    if (request.headers.origin !== undefined) throw new NotificationRefusal(403, 'Web pages are not answered here.')
    const [, secret = ''] = /^Bearer ([\x21-\x7e]{1,200})$/.exec(request.headers.authorization ?? '') ?? []
    const serverId = this.options.caller(secret)
    if (serverId === undefined)
      throw new NotificationRefusal(
        401,
        'The header Authorization has to be "Bearer", a blank and the secret that was made under Servers.',
      )
    return serverId
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  if (request.url !== NOTIFICATION_PATH)
    throw new NotificationRefusal(404, `There is ${NOTIFICATION_PATH}, nothing else.`)
  if (request.method !== 'POST') throw new NotificationRefusal(405, `Send it by POST ${NOTIFICATION_PATH}.`)
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= BODY_MAX_BYTES) chunks.push(chunk)
    // To leave earlier would cut the connection, and with it the answer that says why.
    if (length > DROPPED_MAX_BYTES) break
  }
  if (length > BODY_MAX_BYTES) throw new NotificationRefusal(413, 'A message has at most 4 kB.')
  return Buffer.concat(chunks, length)
}

function send(response: ServerResponse, status: number, body: Record<string, unknown>): void {
  if (response.headersSent || response.destroyed) return
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...(status === 429 ? { 'retry-after': '1' } : {}),
    // What is left of a body that was not read would be taken for the next request.
    ...(status >= 400 ? { connection: 'close' } : {}),
  })
  response.end(text)
}
