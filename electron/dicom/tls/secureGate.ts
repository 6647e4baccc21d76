import type { Socket } from 'node:net'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import { peerCertificate } from './peerCertificate.ts'
import type { ListenerTls } from './peerTls.ts'
import { TLS_PROFILE } from './profile.ts'
import { certificateRefusal, handshakeRefusal, isTlsRecord, notTls } from './refusalWords.ts'

/** Handshakes that are not done yet; one more ends the oldest. */
const HANDSHAKES_MAX = 64
const HANDSHAKE_TIMEOUT_MS = 10_000

export interface SecureGateHost {
  /** The caller may speak DICOM now. `words`: what protects the connection, and who it proved to be. */
  secured(socket: TLSSocket, words: string): void
  refused(address: string, note: string): void
}

interface Handshake {
  raw: Socket
  address: string
  timer: NodeJS.Timeout
  /** Who connects and leaves without a byte looked whether the port is open, and is not worth a line in the log. */
  spoke: boolean
  settled: boolean
}

/**
 * Lets TLS callers in and keeps all others out: whoever does not speak TLS is refused, never served in plain. What happens
 * before DICOM begins is told in words, because no association log of the other side will.
 */
export class SecureGate {
  private readonly host: SecureGateHost
  private readonly timeoutMs: number
  private server: Server | undefined
  private key = ''
  private tls: ListenerTls | undefined
  private readonly handshakes = new Map<string, Handshake>()
  /** Connections whose end came before its reason: Node tells that a moment later, and no longer whose it was. */
  private readonly justClosed: Handshake[] = []

  constructor(host: SecureGateHost, timeoutMs = HANDSHAKE_TIMEOUT_MS) {
    this.host = host
    this.timeoutMs = timeoutMs
  }

  /** For connections from now on; those that are up stay as they are. Throws where the certificate cannot be used. */
  configure(tls: ListenerTls | undefined): void {
    const key = JSON.stringify(tls) ?? ''
    if (key === this.key) return
    this.server = tls && this.makeServer(tls)
    this.tls = tls
    this.key = key
  }

  /** It never listens: connections are handed to it. A new one has new session tickets, so nobody resumes an old trust. */
  private makeServer({ identity, clientCertificates, authorities }: ListenerTls): Server {
    const server = createServer({
      ...TLS_PROFILE,
      cert: identity.certificate,
      key: identity.key,
      ca: authorities,
      requestCert: clientCertificates !== 'none',
      // With this OpenSSL itself tells a caller without certificate what is missing.
      rejectUnauthorized: clientCertificates === 'require',
    })
    server.on('secureConnection', (socket) => this.onSecured(socket))
    server.on('tlsClientError', (error, socket) => this.onFailed(error, socket))
    return server
  }

  take(raw: Socket): void {
    const [oldest] = this.handshakes.values()
    if (this.handshakes.size >= HANDSHAKES_MAX && oldest)
      this.refuse(oldest, 'Too many callers began a TLS connection at the same time; this one was the slowest')
    const handshake: Handshake = {
      raw,
      address: raw.remoteAddress ?? '',
      spoke: false,
      settled: false,
      timer: setTimeout(() => {
        this.refuse(handshake, `The caller did not finish the TLS handshake in ${Math.ceil(this.timeoutMs / 1000)} s`)
      }, this.timeoutMs),
    }
    this.handshakes.set(keyOf(raw), handshake)
    raw.on('error', () => {}) // 'close' follows
    raw.once('close', () => this.onClosed(handshake))
    raw.once('readable', () => this.begin(handshake))
  }

  /** The first byte tells who does not speak TLS: better words than those of a failed handshake. */
  private begin(handshake: Handshake): void {
    const { raw } = handshake
    const first: Buffer | null = raw.read()
    if (!first || handshake.settled) return
    handshake.spoke = true
    if (!this.server || !isTlsRecord(first)) {
      this.refuse(handshake, this.server ? notTls(first) : 'TLS was just switched off')
      return
    }
    raw.unshift(first)
    this.server.emit('connection', raw)
  }

  private onSecured(socket: TLSSocket): void {
    const handshake = this.handshakes.get(keyOf(socket))
    if (!handshake) {
      setImmediate(() => socket.destroy())
      return
    }
    const certificate = peerCertificate(socket)
    if (this.tls?.clientCertificates === 'ask' && certificate && !socket.authorized) {
      this.refuse(handshake, certificateRefusal(String(socket.authorizationError)), socket)
      return
    }
    this.settle(handshake)
    const who = certificate ? `, certificate ${certificate.subject.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 200)}` : ''
    this.host.secured(socket, `${socket.getProtocol() ?? 'TLS'}${who}`)
  }

  private onFailed(error: NodeJS.ErrnoException, socket: TLSSocket): void {
    socket.on('error', () => {})
    const handshake = this.handshakes.get(keyOf(socket)) ?? this.justClosed.shift()
    if (!handshake) return
    const { authorizationError } = socket
    const words = authorizationError
      ? certificateRefusal(String(authorizationError))
      : handshakeRefusal(error.code ?? error.message)
    this.refuse(handshake, words)
  }

  private onClosed(handshake: Handshake): void {
    if (!handshake.spoke) this.settle(handshake)
    if (handshake.settled) return
    this.justClosed.push(handshake)
    setImmediate(() => {
      const index = this.justClosed.indexOf(handshake)
      if (index >= 0) this.justClosed.splice(index, 1)
      this.refuse(handshake, handshakeRefusal('ECONNRESET'))
    })
  }

  /** `socket`: the outermost one, as far as it is known. */
  private refuse(handshake: Handshake, note: string, socket: Socket = handshake.raw): void {
    if (handshake.settled) return
    this.settle(handshake)
    // Not at once: we may be inside a call of OpenSSL's that goes on with this connection (it crashes the process).
    setImmediate(() => socket.destroy())
    this.host.refused(handshake.address, note)
  }

  private settle(handshake: Handshake): void {
    handshake.settled = true
    clearTimeout(handshake.timer)
    for (const [key, one] of this.handshakes) if (one === handshake) this.handshakes.delete(key)
  }

  close(): void {
    for (const handshake of [...this.handshakes.values()]) {
      this.settle(handshake)
      handshake.raw.destroy()
    }
  }
}

function keyOf(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort} ${socket.localPort}`
}
