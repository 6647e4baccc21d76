import type { IncomingMessage } from 'node:http'
import type { Archive } from '#electron/archive/openArchive.ts'
import { CallRefusal } from '#electron/jsonServer/callRefusal.ts'
import { type JsonAnswer, JsonServer } from '#electron/jsonServer/jsonServer.ts'
import { readBody } from '#electron/jsonServer/readBody.ts'
import { isToken } from './orderToken.ts'
import { cancelRequest, readRequest, takeRequest } from './takeRequest.ts'

type Desk = Pick<Archive, 'reader' | 'writer'>

const BODY_MAX_BYTES = 64 * 1024
const DROPPED_MAX_BYTES = 10 * 1024 * 1024
const CONNECTIONS_MAX = 20
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
  private readonly server: JsonServer
  /** Calls without the token, since it listens. */
  strangers = 0

  private constructor(desk: Desk, options: OrderServerOptions, server: JsonServer) {
    this.desk = desk
    this.options = options
    this.server = server
  }

  /** Rejects as `listen` of node:net does: EADDRINUSE, EACCES. */
  static async listen(desk: Desk, options: OrderServerOptions): Promise<OrderServer> {
    const { port, host } = options
    const server = await JsonServer.listen({
      ...{ port, host, connectionsMax: CONNECTIONS_MAX, headersMaxBytes: 8192 },
      answer: (request) => orders.judge(request),
      failed(error) {
        process.stderr.write(`negatoscope: order by REST: ${(error as { code?: string }).code ?? 'unknown error'}\n`)
        return 'The order could not be kept. Send it again later.'
      },
    })
    const orders = new OrderServer(desk, options, server)
    return orders
  }

  get port(): number {
    return this.server.port
  }

  close(): Promise<void> {
    return this.server.close()
  }

  private async judge(request: IncomingMessage): Promise<JsonAnswer> {
    // A page in a browser has no business here, and says by this header that it is one.
    if (request.headers.origin !== undefined) throw new CallRefusal(403, 'Web pages are not answered here.')
    const [, token = ''] = /^Bearer ([\x21-\x7e]{1,200})$/.exec(request.headers.authorization ?? '') ?? []
    if (!isToken(token, this.options.tokenHash())) {
      this.strangers += 1
      throw new CallRefusal(401, 'The header Authorization has to be "Bearer", a blank and the token of Settings.')
    }
    const [, given] = /^\/orders(?:\/([^/?]{1,300}))?$/.exec(request.url ?? '') ?? []
    const isList = request.url === '/orders'
    if (!isList && given === undefined) throw new CallRefusal(404, 'There is /orders, and /orders/{id}.')
    if (isList) {
      if (request.method !== 'POST') throw new CallRefusal(405, 'Send an order by POST /orders or PUT /orders/{id}.')
      return takeRequest(this.desk, readRequest(await bodyOf(request), undefined))
    }
    const id = idOf(given ?? '')
    if (request.method === 'PUT') return takeRequest(this.desk, readRequest(await bodyOf(request), id))
    if (request.method === 'DELETE') return cancelRequest(this.desk, id)
    if (request.method === 'GET') return stateOf(this.desk, id)
    throw new CallRefusal(405, 'An order is sent by PUT, looked at by GET and cancelled by DELETE.')
  }
}

async function stateOf({ reader }: Desk, id: string): Promise<JsonAnswer> {
  const order = await reader.orderOfSource(`rest:${id}`)
  if (!order) throw new CallRefusal(404, 'No order has this id.')
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
  if (!KEY.test(id)) throw new CallRefusal(400, 'The id has 1 to 100 letters, digits and signs, without blanks.')
  return id
}

function bodyOf(request: IncomingMessage): Promise<Buffer> {
  if (!/^application\/json(;|$)/i.test(request.headers['content-type'] ?? ''))
    throw new CallRefusal(415, 'The Content-Type has to be application/json.')
  const limits = { maxBytes: BODY_MAX_BYTES, droppedMaxBytes: DROPPED_MAX_BYTES }
  return readBody(request, { ...limits, tooLong: 'An order has at most 64 kB.' })
}
