import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Identity } from '#electron/dicom/tls/peerTls.ts'
import { CallRefusal } from './callRefusal.ts'

const REQUESTS_PER_CONNECTION = 1000
const WITHIN_REQUEST_MS = 10_000
const IDLE_MS = 5000
/** Neither side moves: a caller that takes no answer holds no place for ever. */
const STILL_MS = 30_000

export interface JsonAnswer {
  status: number
  body: Record<string, unknown>
}

interface JsonServerOptions {
  port: number
  host: string | undefined
  /** Over TLS where there is one. */
  identity?: Identity | undefined
  connectionsMax: number
  headersMaxBytes: number
  /** Throws CallRefusal; whatever else it throws is 503. */
  answer(request: IncomingMessage): Promise<JsonAnswer>
  /** What a caller is told of an error of ours. */
  failed(error: unknown): string
}

/** A port for other programs: small calls, answered in JSON, with a bound on everything that they bring. */
export class JsonServer {
  private readonly options: JsonServerOptions
  private readonly http: Server

  private constructor(options: JsonServerOptions) {
    this.options = options
    const limits = {
      ...{ requestTimeout: WITHIN_REQUEST_MS, headersTimeout: WITHIN_REQUEST_MS, keepAliveTimeout: IDLE_MS },
      ...{ connectionsCheckingInterval: 1000, maxHeaderSize: options.headersMaxBytes },
    }
    const answer: RequestListener = (request, response) => void this.answer(request, response)
    const { identity } = options
    this.http = identity
      ? createSecureServer({ ...limits, cert: identity.certificate, key: identity.key, minVersion: 'TLSv1.2' }, answer)
      : createServer(limits, answer)
    this.http.maxConnections = options.connectionsMax
    this.http.maxRequestsPerSocket = REQUESTS_PER_CONNECTION
    this.http.setTimeout(STILL_MS)
  }

  /** Rejects as `listen` of node:net does: EADDRINUSE, EACCES. */
  static async listen(options: JsonServerOptions): Promise<JsonServer> {
    const server = new JsonServer(options)
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
    try {
      send(response, await this.options.answer(request))
    } catch (error) {
      if (error instanceof CallRefusal) send(response, { status: error.status, body: { error: error.message } })
      else send(response, { status: 503, body: { error: this.options.failed(error) } })
    }
  }
}

function send(response: ServerResponse, { status, body }: JsonAnswer): void {
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
