import { createServer, type Server, type Socket } from 'node:net'
import { LOCAL_LIMIT_EXCEEDED, TEMPORARY_CONGESTION } from '#shared/dicom/associationReject.ts'
import type { Endpoint, NodeConfiguration, NodeEvent } from '../nodeApi.ts'
import { isTlsRecord, LEFT_AFTER_HANDSHAKE, TLS_AT_PLAIN_PORT } from '../tls/refusalWords.ts'
import { SecureGate } from '../tls/secureGate.ts'
import { Acceptor, type AcceptorHost } from './acceptor.ts'
import { plainAddress, type Refusal } from './admission.ts'
import type { ServiceRegistry } from './service.ts'

/** Connections that have not asked for an association yet (or are being closed) do not count as associations. */
const PENDING_CONNECTIONS_MAX = 256
/** When all associations are taken, one that was idle for this long makes room: idle peers must not lock out the others. */
const EVICTABLE_AFTER_MS = 5000
/** A single host that fills the list yields sooner: a flood from one place must not lock out the others. */
const CROWDING_AFTER_MS = 200
/** After the last A-ABORT the peers get this long to close their side. */
const FAREWELL_MS = 200

/** The listening sockets and their connections. */
export class Listener implements AcceptorHost {
  configuration: NodeConfiguration
  readonly services: ServiceRegistry
  readonly report: (event: NodeEvent) => void
  /** One with TLS (true) and one without. */
  private readonly places = new Map<boolean, Server>()
  private readonly gate: SecureGate
  private readonly extra = new Map<number, Server>()
  private readonly open = new Set<Acceptor>()
  private readonly associations = new Set<Acceptor>()
  private closing = false
  private onChange: () => void = () => {}

  constructor(configuration: NodeConfiguration, services: ServiceRegistry, report: (event: NodeEvent) => void) {
    this.configuration = configuration
    this.services = services
    this.report = report
    this.gate = new SecureGate({
      secured: (socket, words) => this.serveSecured(socket, words),
      refused: (address, note) => this.refuseConnection(address, note),
    })
    this.gate.configure(configuration.tls)
  }

  /** For what comes from now on; running associations finish under what they began with. */
  configure(next: NodeConfiguration): void {
    this.gate.configure(next.tls)
    this.configuration = next
  }

  /** The new socket is open before the old one closes; when it cannot be opened, the old one stays. */
  async listen(endpoint: Endpoint): Promise<number> {
    const tls = endpoint.tls === true
    const before = this.places.get(tls)
    // The same port again (another address, say) can only be had once the old socket let go of it.
    if (before && endpoint.port !== 0 && portOf(before) === endpoint.port) await closeServer(before)
    if (before && !before.listening) this.places.delete(tls)
    const server = await this.openServer(endpoint)
    this.places.set(tls, server)
    if (before?.listening) await closeServer(before)
    return portOf(server)
  }

  async stopListening(tls: boolean): Promise<void> {
    const server = this.places.get(tls)
    this.places.delete(tls)
    if (server) await closeServer(server)
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
  private async openServer({ host, port, tls = false }: Endpoint): Promise<Server> {
    this.closing = false
    const server = createServer({ noDelay: true }, (socket) => this.onConnection(socket, tls))
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

  private onConnection(socket: Socket, tls: boolean): void {
    if (this.closing) {
      socket.destroy()
      return
    }
    if (tls) {
      this.gate.take(socket)
      return
    }
    const { remoteAddress = '' } = socket
    socket.once('data', (first: Buffer) => {
      if (isTlsRecord(first)) this.refuseConnection(remoteAddress, TLS_AT_PLAIN_PORT)
    })
    this.serve(socket)
  }

  private refuseConnection(address: string, note: string): void {
    this.report({ kind: 'connectionRefused', address: plainAddress(address), at: Date.now(), note })
  }

  /** In TLS 1.3 a caller judges our certificate when the handshake is done for us: then it leaves without a word. */
  private serveSecured(socket: Socket, words: string): void {
    const { remoteAddress = '' } = socket
    const onClose = () => this.refuseConnection(remoteAddress, LEFT_AFTER_HANDSHAKE)
    socket.once('close', onClose)
    socket.once('data', () => socket.off('close', onClose))
    this.serve(socket, words)
  }

  /** `tls`: what protects the connection, in words. */
  private serve(socket: Socket, tls?: string): void {
    if (this.open.size - this.associations.size >= PENDING_CONNECTIONS_MAX) this.oldestPending()?.destroy()
    const acceptor = new Acceptor(socket, this, tls)
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
    const servers = [...this.places.values(), ...this.extra.values()]
    this.places.clear()
    this.gate.close()
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
