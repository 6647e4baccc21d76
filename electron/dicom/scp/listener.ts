import { createServer, type Server, type Socket } from 'node:net'
import { LOCAL_LIMIT_EXCEEDED, TEMPORARY_CONGESTION } from '#shared/dicom/associationReject.ts'
import type { NodeConfiguration, NodeEvent } from '../nodeApi.ts'
import { Acceptor, type AcceptorHost } from './acceptor.ts'
import type { Refusal } from './admission.ts'
import type { ServiceRegistry } from './service.ts'

/** Connections that have not asked for an association yet (or are being closed) do not count as associations. */
const PENDING_CONNECTIONS_MAX = 256
/** When all associations are taken, one that was idle for this long makes room: idle peers must not lock out the others. */
const EVICTABLE_AFTER_MS = 5000
/** A single host that fills the list yields sooner: a flood from one place must not lock out the others. */
const CROWDING_AFTER_MS = 200
/** After the last A-ABORT the peers get this long to close their side. */
const FAREWELL_MS = 200

interface Endpoint {
  host: string | undefined
  port: number
}

/** The listening sockets and their connections. */
export class Listener implements AcceptorHost {
  configuration: NodeConfiguration
  readonly services: ServiceRegistry
  readonly report: (event: NodeEvent) => void
  private main: Server | undefined
  private readonly extra = new Map<number, Server>()
  private readonly open = new Set<Acceptor>()
  private readonly associations = new Set<Acceptor>()
  private closing = false
  private onChange: () => void = () => {}

  constructor(configuration: NodeConfiguration, services: ServiceRegistry, report: (event: NodeEvent) => void) {
    this.configuration = configuration
    this.services = services
    this.report = report
  }

  /** The new socket is open before the old one closes; when it cannot be opened, the old one stays. */
  async listen(endpoint: Endpoint): Promise<number> {
    const before = this.main
    // The same port again (another address, say) can only be had once the old socket let go of it.
    if (before && endpoint.port !== 0 && portOf(before) === endpoint.port) await closeServer(before)
    const server = await this.openServer(endpoint)
    this.main = server
    if (before?.listening) await closeServer(before)
    return portOf(server)
  }

  async listenExtra(endpoint: Endpoint): Promise<number> {
    const server = await this.openServer(endpoint)
    const port = portOf(server)
    this.extra.set(port, server)
    return port
  }

  async closeExtra(port: number): Promise<void> {
    const server = this.extra.get(port)
    this.extra.delete(port)
    if (server) await closeServer(server)
  }

  /** Rejects with the system's code (EADDRINUSE, EACCES, EADDRNOTAVAIL). */
  private async openServer({ host, port }: Endpoint): Promise<Server> {
    this.closing = false
    const server = createServer({ noDelay: true }, (socket) => this.onConnection(socket))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ port, ...(host === undefined ? {} : { host }), backlog: 511 }, () => {
        server.off('error', reject)
        resolve()
      })
    })
    server.on('error', () => {}) // accept() failing for want of descriptors: the next connection is tried again
    return server
  }

  private onConnection(socket: Socket): void {
    if (this.closing) {
      socket.destroy()
      return
    }
    if (this.open.size - this.associations.size >= PENDING_CONNECTIONS_MAX) this.oldestPending()?.destroy()
    const acceptor = new Acceptor(socket, this)
    this.open.add(acceptor)
    socket.once('close', () => {
      this.open.delete(acceptor)
      this.associations.delete(acceptor)
      this.onChange()
    })
  }

  private oldestPending(): Acceptor | undefined {
    for (const acceptor of this.open) if (!this.associations.has(acceptor)) return acceptor
    return undefined
  }

  admit(acceptor: Acceptor): Refusal | undefined {
    if (this.closing) return { rejection: TEMPORARY_CONGESTION, note: 'The workstation is shutting down' }
    const limit = this.configuration.maxAssociations
    if (this.associations.size >= limit) this.idlest(EVICTABLE_AFTER_MS)?.abort()
    if (this.associations.size >= limit) this.crowding(acceptor)?.abort()
    if (this.associations.size >= limit)
      return { rejection: LOCAL_LIMIT_EXCEEDED, note: `All ${limit} associations are taken` }
    this.associations.add(acceptor)
    return undefined
  }

  private idlest(thresholdMs: number, among: Iterable<Acceptor> = this.associations): Acceptor | undefined {
    let found: Acceptor | undefined
    for (const acceptor of among) {
      if (acceptor.idleMs < thresholdMs) continue
      if (!found || acceptor.idleMs > found.idleMs) found = acceptor
    }
    return found
  }

  /** Who holds more than half of all associations gives one up to a caller from elsewhere, where one of them rests. */
  private crowding(newcomer: Acceptor): Acceptor | undefined {
    const { address } = newcomer.party
    const others = Map.groupBy(this.associations, (acceptor) => acceptor.party.address)
    for (const [crowd, acceptors] of others)
      if (crowd !== address && acceptors.length > this.configuration.maxAssociations / 2)
        return this.idlest(CROWDING_AFTER_MS, acceptors)
    return undefined
  }

  ended(acceptor: Acceptor): void {
    this.associations.delete(acceptor)
    this.onChange()
  }

  abort(associationId: string): void {
    for (const acceptor of this.associations) if (acceptor.id === associationId) acceptor.abort()
  }

  othersBusy(acceptor: Acceptor): boolean {
    for (const other of this.associations) if (other !== acceptor && other.busy) return true
    return false
  }

  /** No new associations; the object under way gets `graceMs`; then A-ABORT. */
  async close(graceMs: number): Promise<void> {
    this.closing = true
    const servers = [...(this.main ? [this.main] : []), ...this.extra.values()]
    this.main = undefined
    this.extra.clear()
    for (const server of servers) server.close()
    for (const acceptor of this.open) if (!this.associations.has(acceptor)) acceptor.destroy()
    const deadline = performance.now() + graceMs
    // Looked at often: an object under way is finished, a further one must not be begun.
    while (this.associations.size > 0 && performance.now() < deadline) {
      for (const acceptor of this.associations) if (!acceptor.busy) acceptor.abort()
      await this.until(() => this.associations.size === 0, Math.min(10, deadline - performance.now()))
    }
    for (const acceptor of this.associations) acceptor.abort()
    await this.until(() => this.open.size === 0, FAREWELL_MS)
    for (const acceptor of this.open) acceptor.destroy()
    await this.until(() => this.open.size === 0, FAREWELL_MS)
  }

  private until(condition: () => boolean, timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer)
        this.onChange = () => {}
        resolve()
      }
      const timer = setTimeout(finish, timeoutMs)
      this.onChange = () => {
        if (condition()) finish()
      }
      this.onChange()
    })
  }
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

/** Stops accepting. `close` also waits for the connections, which go on: so we wait for the socket alone. */
async function closeServer(server: Server): Promise<void> {
  server.close()
  await new Promise((resolve) => setImmediate(resolve))
}
