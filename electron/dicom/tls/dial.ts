import { connect as connectPlain, isIP, type OnReadOpts, type Socket } from 'node:net'
import { connect as connectTLS, type TLSSocket } from 'node:tls'
import { AssociationError, cancelled } from '../associationError.ts'
import type { Peer } from '../nodeApi.ts'
import { clientContext } from './clientContext.ts'
import { judgeServer } from './judgeServer.ts'
import { securityOf } from './securityOf.ts'

/**
 * Opens the transport: TCP, or TLS as far as the judgement of the server. Rejects with AssociationError. `onread`: what
 * comes goes there, and is no `data` of the socket.
 */
export function dial(peer: Peer, signal: AbortSignal, onread?: OnReadOpts): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(cancelled())
      return
    }
    const socket = open(peer, onread)
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
      const cause = peer.tls && judgeServer(socket as TLSSocket, peer.tls, peer.host)
      if (cause) {
        const security = securityOf(socket)
        fail(
          new AssociationError('TLS', 'The server is not the one that we mean', {
            cause,
            ...(security ? { security } : {}),
          }),
        )
        return
      }
      settle()
      resolve(socket)
    })
  })
}

function open({ host, port, tls }: Peer, onread: OnReadOpts | undefined): Socket {
  const taken = onread ? { onread } : {}
  if (!tls) return connectPlain({ host, port, noDelay: true, ...taken })
  const name = tls.expectedName || host
  return connectTLS({
    host,
    port,
    ...taken,
    secureContext: clientContext(tls.trust, tls.identity),
    // Judged by `judgeServer`, so that what the server showed can be told; nothing of ours is sent before.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    // RFC 6066 3: a server name is a name, never an address.
    ...(isIP(name) === 0 ? { servername: name } : {}),
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
