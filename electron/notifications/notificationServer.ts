import type { IncomingMessage } from 'node:http'
import type { Identity } from '#electron/dicom/tls/peerTls.ts'
import { CallRefusal } from '#electron/jsonServer/callRefusal.ts'
import { type JsonAnswer, JsonServer } from '#electron/jsonServer/jsonServer.ts'
import { readBody } from '#electron/jsonServer/readBody.ts'
import { type NotificationMessage, readMessage } from './message.ts'

export const NOTIFICATION_PATH = '/notify'
const BODY_MAX_BYTES = 4096
const DROPPED_MAX_BYTES = 1024 * 1024
const CONNECTIONS_MAX = 50

export interface NotificationServerOptions {
  port: number
  host: string | undefined
  /** Over TLS where there is one. */
  identity: Identity | undefined
  /** Which server has this secret; undefined: nobody. Throws CallRefusal where it calls too often. */
  caller(secret: string): number | undefined
  /** Resolves when what is to become of it is on disk. */
  take(serverId: number, message: NotificationMessage): Promise<void>
  refused(serverId: number): void
}

/** R045, R046: one question of one form, from whoever has a secret; everything else is refused in a sentence. */
export class NotificationServer {
  private readonly options: NotificationServerOptions
  private readonly server: JsonServer

  private constructor(options: NotificationServerOptions, server: JsonServer) {
    this.options = options
    this.server = server
  }

  /** Rejects as `listen` of node:net does: EADDRINUSE, EACCES. */
  static async listen(options: NotificationServerOptions): Promise<NotificationServer> {
    const { port, host, identity } = options
    const server = await JsonServer.listen({
      ...{ port, host, identity, connectionsMax: CONNECTIONS_MAX, headersMaxBytes: 4096 },
      answer: (request) => notifications.answer(request),
      failed: () => 'This could not be taken. Send it again later.',
    })
    const notifications = new NotificationServer(options, server)
    return notifications
  }

  get port(): number {
    return this.server.port
  }

  close(): Promise<void> {
    return this.server.close()
  }

  private async answer(request: IncomingMessage): Promise<JsonAnswer> {
    const serverId = this.callerOf(request)
    try {
      await this.options.take(serverId, readMessage(await bodyOf(request)))
      return { status: 202, body: { taken: true } }
    } catch (error) {
      this.options.refused(serverId)
      throw error
    }
  }

  private callerOf(request: IncomingMessage): number {
    // A page in a browser has no business here, and says by this header that it is one.
    if (request.headers.origin !== undefined) throw new CallRefusal(403, 'Web pages are not answered here.')
    const [, secret = ''] = /^Bearer ([\x21-\x7e]{1,200})$/.exec(request.headers.authorization ?? '') ?? []
    const serverId = this.options.caller(secret)
    if (serverId === undefined)
      throw new CallRefusal(
        401,
        'The header Authorization has to be "Bearer", a blank and the secret that was made under Servers.',
      )
    return serverId
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  if (request.url !== NOTIFICATION_PATH) throw new CallRefusal(404, `There is ${NOTIFICATION_PATH}, nothing else.`)
  if (request.method !== 'POST') throw new CallRefusal(405, `Send it by POST ${NOTIFICATION_PATH}.`)
  const limits = { maxBytes: BODY_MAX_BYTES, droppedMaxBytes: DROPPED_MAX_BYTES }
  return readBody(request, { ...limits, tooLong: 'A message has at most 4 kB.' })
}
