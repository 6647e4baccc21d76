import { isIP } from 'node:net'
import type { AssociationErrorDetails } from '#electron/dicom/nodeApi.ts'
import { rejectWords } from '#shared/dicom/associationReject.ts'
import { dimseSentence, statusCode } from './dimseSentence.ts'
import { type Called, rejectionSentence } from './rejectionSentence.ts'
import { lostSentence, tlsSentence } from './tlsSentence.ts'

export interface CallContext extends Called {
  host: string
  port: number
  tls: boolean
  /** We have a certificate and show it to a server that asks. */
  showsCertificate?: boolean
  connectTimeoutMs: number
  /** It has taken images on this connection: what breaks it is not how the connection was made. */
  hasAnswered?: boolean
}

export interface Failure {
  /** What happened, who puts it right, how; with the real values. */
  sentence: string
  /** The protocol's words. */
  technical: string
  code: string
  status: number | undefined
}

/** Words for everything that can go wrong between us and a server. Takes what the DICOM thread threw. */
export function failureOf(error: unknown, context: CallContext): Failure {
  const details = detailsOf(error)
  const code = details.code
  const cause = details.cause ?? ''
  return {
    code,
    status: details.sentence === undefined ? details.status : undefined,
    sentence: details.sentence ?? sentenceFor(details, cause, context),
    technical: technicalFor(details, cause, error),
  }
}

function sentenceFor(details: AssociationErrorDetails, cause: string, context: CallContext): string {
  const { serverName, host, port, tls, connectTimeoutMs } = context
  switch (details.code) {
    case 'UNKNOWN_HOST':
      return `Nobody knows the name ${host}. Check the spelling, or enter the address in numbers.`
    case 'REFUSED':
      return `${host} is there, but nothing listens on port ${port}. Is the PACS running, is the port right?`
    case 'UNREACHABLE':
      return isIP(host)
        ? `No way leads to ${host}. Check the address, and that this computer is on the same network or VPN.`
        : `${host} cannot be reached. Check the network cable or VPN of this computer.`
    case 'TIMED_OUT':
      if (cause === 'ETIMEDOUT')
        return `No answer from ${host} in ${seconds(connectTimeoutMs)}. Wrong address, machine off, or a firewall drops us.`
      return context.hasAnswered
        ? `${serverName} said nothing more. Its administrator looks whether it hangs; then try again.`
        : `${host} takes the connection on port ${port} and then says nothing. Is it the DICOM port${tls ? '' : ', and one without TLS'}? If it is, ${serverName} hangs: its administrator looks at it.`
    case 'REJECTED':
      return details.rejection
        ? rejectionSentence(details.rejection, context)
        : `${serverName} refuses and gives no reason. Its administrator finds it in its log.`
    case 'ABORTED':
      if (context.hasAnswered) return `${serverName} broke off in the middle. Its log says why.`
      return `${serverName} broke off the connection. ${tls ? '' : 'Some servers do this when they expect TLS. '}Its log says why.`
    case 'LOST':
      if (context.hasAnswered)
        return `The connection to ${serverName} was cut in the middle. Try again; if it stays so, its administrator looks at its log.`
      if (tls) return lostSentence({ ...context, showsCertificate: context.showsCertificate ?? false })
      return `The connection to ${serverName} was cut before it answered. It may expect TLS, or a firewall closed it. Try again; if it stays so, its administrator looks at its log.`
    case 'TLS':
      return tlsSentence(cause, { ...context, showsCertificate: context.showsCertificate ?? false })
    case 'NO_CONTEXT':
      return `${serverName} answers, but does not offer this service to us. Its administrator must enable it for ${context.callingAETitle}.`
    case 'NOT_DICOM':
      return cause.startsWith('HTTP')
        ? `Something answers on port ${port}, but it is a web server. The DICOM port is another one, often 4242 or 104.`
        : `Something answers on port ${port}, but it does not speak DICOM.${tls ? '' : ' Is it a TLS port?'} Ask its administrator for the DICOM port.`
    case 'DIMSE':
      return dimseSentence(details.status ?? 0, serverName, details.errorComment)
    case 'CANCELLED':
      return 'Stopped by you.'
    case 'THREAD_GONE':
      return 'The DICOM part of this workstation stopped and starts again by itself. Try again.'
    default:
      return `The call to ${serverName} failed inside this workstation. Try again; the log has the details.`
  }
}

function technicalFor(details: AssociationErrorDetails, cause: string, error: unknown): string {
  if (details.rejection) return rejectWords(details.rejection)
  if (details.sentence !== undefined) return cause || details.code.toLowerCase().replaceAll('_', ' ')
  if (details.status !== undefined)
    return `status ${statusCode(details.status)}${details.errorComment ? `, ${details.errorComment}` : ''}`
  const words = details.code.toLowerCase().replaceAll('_', ' ')
  if (cause) return `${words}, ${cause}`
  return details.code === 'INTERNAL' && error instanceof Error ? `${error.name}` : words
}

/** Errors cross threads as code and details; what has neither is a fault of ours. */
function detailsOf(error: unknown): AssociationErrorDetails {
  const { details, code } = (error ?? {}) as { details?: unknown; code?: unknown }
  if (typeof details === 'object' && details !== null && typeof (details as { code?: unknown }).code === 'string')
    return details as AssociationErrorDetails
  if (error instanceof Error && error.name === 'AbortError') return { code: 'CANCELLED' }
  return { code: typeof code === 'string' ? code : 'INTERNAL' }
}

function seconds(timeoutMs: number): string {
  return `${Math.max(1, Math.round(timeoutMs / 1000))} s`
}
