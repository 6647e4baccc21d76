import { AssociationError, cancelled } from '#electron/dicom/associationError.ts'
import { tlsSentence } from '#electron/servers/tlsSentence.ts'
import type { WebServer } from './webApi.ts'

/** What it answered is not what was asked for, or not to be borne. Asking again brings the same. */
export function badAnswer(sentence: string, cause: string): AssociationError {
  return new AssociationError('HTTP', sentence, { cause, sentence, passing: false })
}

/** It hung up, or fell silent, in the middle of an answer. */
export function lost(server: Pick<WebServer, 'name'>, cause: string): AssociationError {
  const sentence = `The connection to ${server.name} was cut in the middle. What came is kept; the rest is asked for again.`
  return new AssociationError('LOST', sentence, { cause, sentence })
}

export function silent(server: Pick<WebServer, 'name'>, cause: string): AssociationError {
  const sentence = `${server.name} takes the connection and then says nothing. Its administrator looks whether it hangs.`
  return new AssociationError('TIMED_OUT', sentence, { cause, sentence })
}

/** Whatever went wrong below an answer, with words for a person. */
export function webFailure(error: unknown, server: WebServer, signal: AbortSignal): Error {
  if (signal.aborted) return cancelled()
  if (!(error instanceof AssociationError)) {
    const code = (error as NodeJS.ErrnoException | null)?.code ?? ''
    if (code.startsWith('HPE_'))
      return badAnswer(`What answers at ${server.origin} does not speak HTTP. Check address and port.`, code)
    if (NETWORK.has(code)) return lost(server, code)
    return error instanceof Error ? error : new Error(String(error))
  }
  if (error.details.sentence !== undefined) return error
  const { code: _, ...details } = error.details
  const sentence = sentenceOf(error, server)
  return new AssociationError(error.code, sentence, { ...details, sentence })
}

/** Of the network, and not of what somebody said. */
export const NETWORK = new Set([
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_HTTP_SOCKET_CLOSED',
])

function sentenceOf({ code, details }: AssociationError, server: WebServer): string {
  const { name, host, port, tls } = server
  const cause = details.cause ?? ''
  switch (code) {
    case 'UNKNOWN_HOST':
      return `Nobody knows the name ${host}. Check the web address of ${name}, or enter it in numbers.`
    case 'REFUSED':
      return `${host} is there, but nothing listens on port ${port}. Is the web interface of ${name} running, is the port right?`
    case 'UNREACHABLE':
      return `No way leads to ${host}. Check the web address, and that this computer is on the same network or VPN.`
    case 'TIMED_OUT':
      return `No answer from ${host}, port ${port}. Wrong address, machine off, or a firewall drops us.`
    case 'TLS':
      return tlsSentence(cause, {
        ...{ serverName: name, host, port, showsCertificate: tls?.identity !== undefined, isWeb: true },
      })
    default:
      return `The connection to ${host}, port ${port}, was cut before it answered. ${tls ? '' : 'It may want https. '}Try again.`
  }
}
