import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectTLS } from 'node:tls'
import { AssociationError, cancelled } from '../associationError.ts'
import type { Peer } from '../nodeApi.ts'

/** Opens the transport: TCP, or TLS as far as the handshake. Rejects with AssociationError. */
export function dial(peer: Peer, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(cancelled())
      return
    }
    const { host, port } = peer
    const socket = peer.tls
      ? connectTLS({
          host,
          port,
          rejectUnauthorized: peer.tls.verify,
          // RFC 6066 3: a server name is a name, never an address. The certificate is checked against `host` in any case.
          ...(isIP(host) === 0 ? { servername: host } : {}),
        })
      : connectPlain({ host, port, noDelay: true })
    const settle = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      socket.removeListener('error', onError)
      socket.removeListener('close', onClose)
    }
    const fail = (error: AssociationError) => {
      settle()
      socket.on('error', () => {})
      socket.destroy()
      reject(error)
    }
    const onError = (error: NodeJS.ErrnoException) => fail(transportError(error, peer.tls !== undefined))
    const onClose = () => fail(new AssociationError('LOST', 'The connection was closed'))
    const onAbort = () => fail(cancelled())
    const timer = setTimeout(
      () => fail(new AssociationError('TIMED_OUT', 'No connection in time', { cause: 'ETIMEDOUT' })),
      peer.connectTimeoutMs,
    )
    signal.addEventListener('abort', onAbort, { once: true })
    socket.on('error', onError)
    socket.on('close', onClose)
    socket.once(peer.tls ? 'secureConnect' : 'connect', () => {
      settle()
      resolve(socket)
    })
  })
}

const codes: Record<string, string> = {
  ENOTFOUND: 'UNKNOWN_HOST',
  EAI_AGAIN: 'UNKNOWN_HOST',
  EAI_NODATA: 'UNKNOWN_HOST',
  ECONNREFUSED: 'REFUSED',
  ETIMEDOUT: 'TIMED_OUT',
  EHOSTUNREACH: 'UNREACHABLE',
  ENETUNREACH: 'UNREACHABLE',
  EHOSTDOWN: 'UNREACHABLE',
  EADDRNOTAVAIL: 'UNREACHABLE',
  EACCES: 'UNREACHABLE',
  ENETDOWN: 'UNREACHABLE',
  EINVAL: 'UNREACHABLE',
}

/** During a TLS handshake whatever has no network code of its own is TLS: certificates, versions, plain-text answers. */
function transportError(error: NodeJS.ErrnoException, tls: boolean): AssociationError {
  const cause = error.code ?? error.name
  const code = codes[cause] ?? (tls ? 'TLS' : 'LOST')
  return new AssociationError(code, error.message || cause, { cause })
}
