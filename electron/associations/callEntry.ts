import { randomUUID } from 'node:crypto'
import type { NodeEvent } from '#electron/dicom/nodeApi.ts'
import { rejectWords } from '#shared/dicom/associationReject.ts'
import type { Entry } from './entry.ts'

type Failed = Extract<NodeEvent, { kind: 'callFailed' }>

/** A call of ours that never became an association. */
export function entryOfFailedCall(event: Failed): Entry {
  const { party, at, startedAt, proposal, rejection } = event
  const { callingAETitle, calledAETitle, address } = party
  const nothing = { bytesReceived: 0, bytesSent: 0, succeeded: 0, warned: 0, failed: 0, times: 1, security: '' }
  return {
    row: {
      ...{ associationId: randomUUID(), startedAt, endedAt: at, state: 'failed', direction: 'out' },
      ...{ callingAETitle, calledAETitle, address, ...nothing, sentence: sentenceOf(event) },
    },
    details: { ...proposal, rejection: rejection ?? null, operations: [], failures: [], steps: [] },
    version: 0,
  }
}

const WORDS: Readonly<Record<string, string>> = {
  UNKNOWN_HOST: 'The name cannot be looked up',
  REFUSED: 'Nothing listens at this port',
  UNREACHABLE: 'There is no way to this address',
  TIMED_OUT: 'No answer in time',
  REJECTED: 'The server refused the association',
  ABORTED: 'The association was aborted before it began',
  LOST: 'The connection was closed before the association began',
  TLS: 'No secured connection came about',
  NOT_DICOM: 'What answers there does not speak DICOM',
  CANCELLED: 'Stopped by you',
}

function sentenceOf({ code, cause, rejection }: Failed): string {
  const why = rejection ? rejectWords(rejection) : cause
  return `${WORDS[code] ?? 'The call failed'}${why ? ` (${why})` : ''}.`
}
