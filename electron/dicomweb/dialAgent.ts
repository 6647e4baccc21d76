import { Agent, type ClientRequestArgs } from 'node:http'
import type { Duplex } from 'node:stream'
import { dial } from '#electron/dicom/tls/dial.ts'
import { isMetadataHost } from '#shared/network/webAddress.ts'
import { Tap } from './tap.ts'
import type { WebServer } from './webApi.ts'
import { badAnswer } from './webFailure.ts'

const CONNECTIONS = 6
const IDLE_MS = 10_000

/**
 * Connections to one server. A TLS server is judged as DICOM's are, before the first byte of ours: the socket that HTTP
 * gets is open and the right one.
 */
class DialAgent extends Agent {
  private readonly server: WebServer

  constructor(server: WebServer) {
    super({ keepAlive: true, keepAliveMsecs: IDLE_MS, maxSockets: CONNECTIONS, maxFreeSockets: 2, timeout: 0 })
    this.server = server
  }

  override createConnection(
    _: ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const { name, host, port, tls, connectTimeoutMs } = this.server
    const peer = { name, host, port, tls, connectTimeoutMs, callingAETitle: '', calledAETitle: '' }
    const limits = { dimseTimeoutMs: connectTimeoutMs, maxPduLength: 0 }
    const tell = callback as ((error: Error | null, stream?: Duplex) => void) | undefined
    const tap = new Tap()
    dial({ ...peer, ...limits }, AbortSignal.timeout(connectTimeoutMs + 1000), tap.onread).then(
      (socket) => {
        tap.of(socket)
        // A name may lead anywhere; what is sent is decided by where it led.
        if (!isMetadataHost(socket.remoteAddress ?? '')) return tell?.(null, socket)
        socket.destroy()
        tell?.(badAnswer(`${host} leads to an address where clouds keep their keys. Nothing was sent.`, 'METADATA'))
      },
      (error: unknown) => tell?.(error instanceof Error ? error : new Error(String(error))),
    )
    return undefined
  }
}

const KEPT = 16
const agents = new Map<string, DialAgent>()

/** The same server in the same way gives the same connections. */
export function agentFor(server: WebServer): Agent {
  const { host, port, tls, connectTimeoutMs } = server
  const key = JSON.stringify([host, port, tls, connectTimeoutMs])
  const known = agents.get(key)
  if (known) return known
  const [oldest] = agents
  if (agents.size >= KEPT && oldest) {
    agents.delete(oldest[0])
    oldest[1].destroy()
  }
  const agent = new DialAgent(server)
  agents.set(key, agent)
  return agent
}
