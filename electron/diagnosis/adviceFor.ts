import type { AssociationErrorDetails } from '#electron/dicom/nodeApi.ts'
import { failureOf } from '#electron/servers/failureSentence.ts'
import type { Advice } from '#shared/contract/diagnosis.ts'
import { certificateCommand, echoCommand } from './commandLines.ts'
import type { DiagnosisContext } from './stage.ts'

type Remedy = Pick<Advice, 'who' | 'how' | 'values'>

/** What the DICOM thread threw, as a step says it: the protocol's words, and who does what about it. */
export function adviceFor(context: DiagnosisContext, error: unknown): { detail: string; advice: Advice; code: string } {
  const { sentence, technical, code } = failureOf(error, context.call)
  const details = ((error ?? {}) as { details?: AssociationErrorDetails }).details
  const remedy = remedyFor(context, code, details)
  const commands = [
    echoCommand(context),
    ...(code === 'TLS' || context.peer.tls
      ? [certificateCommand(context.peer.host, context.peer.port, context.peer.tls?.expectedName || context.peer.host)]
      : []),
  ]
  return { detail: technical, code, advice: { what: sentence, ...remedy, commands } }
}

/** What its administrator must enter of us (R024). */
export function ourValues({ call, server }: DiagnosisContext): Advice['values'] {
  return [
    { label: 'AE title', value: call.callingAETitle },
    { label: 'Address', value: call.ourAddress },
    { label: 'Port', value: String(server.listenPort) },
  ]
}

function remedyFor(context: DiagnosisContext, code: string, details: AssociationErrorDetails | undefined): Remedy {
  const { call } = context
  if (code === 'REJECTED') return rejected(context, details?.rejection)
  if (code === 'TLS') return secured(details?.cause ?? '')
  if (code === 'NO_CONTEXT')
    return {
      who: 'administrator',
      how: `The administrator enables this service for ${call.callingAETitle}.`,
      values: ourValues(context),
    }
  if (code === 'NOT_DICOM')
    return { who: 'you', how: 'Ask its administrator for the DICOM port, and enter it.', values: [] }
  if (code === 'THREAD_GONE' || code === 'INTERNAL')
    return { who: 'you', how: 'Test again; if it stays so, start this program again.', values: [] }
  return {
    who: 'administrator',
    how: 'The administrator looks into its log at the time of this test.',
    values: [{ label: 'Our AE title', value: call.callingAETitle }],
  }
}

function rejected(context: DiagnosisContext, rejection: AssociationErrorDetails['rejection']): Remedy {
  const { calledAETitle } = context.call
  const { result, source, reason } = rejection ?? { result: 1, source: 1, reason: 1 }
  if (source === 1 && reason === 7)
    return {
      who: 'you',
      how: 'Enter the AE title exactly as its administrator gives it, with capitals and underscores.',
      values: [{ label: 'We called', value: calledAETitle }],
    }
  if (source === 1 && reason === 2)
    return { who: 'you', how: 'Ask its administrator for the DICOM port, and enter it.', values: [] }
  if (source === 1)
    return { who: 'administrator', how: 'The administrator enters these three values.', values: ourValues(context) }
  if (source === 3 || result === 2)
    return {
      who: 'administrator',
      how: 'Test again in a few minutes; if it stays so, the administrator allows it more associations.',
      values: [],
    }
  return { who: 'administrator', how: 'The administrator looks into its log at the time of this test.', values: [] }
}

const MINE = new Set([
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'OTHER_CERTIFICATE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
])

function secured(cause: string): Remedy {
  if (cause.includes('CERTIFICATE_REQUIRED'))
    return {
      who: 'you',
      how: 'Make or import a certificate under Settings, Certificates, and show it here.',
      values: [],
    }
  if (MINE.has(cause))
    return { who: 'you', how: 'Compare its fingerprint with its administrator before you trust it.', values: [] }
  if (cause === 'CERT_NOT_YET_VALID') return { who: 'you', how: 'Set the clock of this computer.', values: [] }
  return { who: 'administrator', how: 'The administrator puts its TLS settings or certificate right.', values: [] }
}
