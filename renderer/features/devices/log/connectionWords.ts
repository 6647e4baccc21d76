import type { AssociationDetails, AssociationRow, WebStep } from '#shared/contract/associations.ts'
import { statusWords } from '#shared/dicom/status.ts'
import { transferSyntaxName } from '#shared/dicom/transferSyntax.ts'
import { formatCount, formatDuration, formatNumber } from '../../../app/formatAmount.ts'
import type { StatusName } from '../../../ui/StatusWord.tsx'

/** How it ended, in the language of states. */
export function endWord({ state, failed, times }: AssociationRow): { status: StatusName; word: string } {
  switch (state) {
    case 'open':
      return { status: 'arriving', word: 'Open' }
    case 'refused':
      return { status: 'refused', word: times > 1 ? `Refused ${formatNumber(times)} times` : 'Refused' }
    case 'failed':
      return { status: 'failed', word: times > 1 ? `Failed ${formatNumber(times)} times` : 'Failed' }
    case 'released':
      return failed > 0 ? { status: 'attention', word: 'Ended' } : { status: 'pass', word: 'Ended' }
    case 'aborted':
      return { status: 'attention', word: 'Broken off' }
    case 'lost':
      return { status: 'attention', word: 'Cut' }
    case 'timed-out':
      return { status: 'attention', word: 'Fell silent' }
    case 'interrupted':
      return { status: 'attention', word: 'Interrupted' }
  }
}

/** `12 done, 1 failed`; '' when nothing was asked. */
export function requestText({ succeeded, warned, failed }: AssociationRow): string {
  const parts = [
    succeeded > 0 && `${formatNumber(succeeded)} done`,
    warned > 0 && `${formatNumber(warned)} with a warning`,
    failed > 0 && `${formatNumber(failed)} failed`,
  ]
  return parts.filter(Boolean).join(', ')
}

/** What was moved: over HTTP images go either way, whoever asks. */
export function bytesOf({ over, direction, bytesReceived, bytesSent }: AssociationRow): number {
  if (over === 'web') return Math.max(bytesReceived, bytesSent)
  return direction === 'out' ? bytesSent : bytesReceived
}

/** `Search studies: HTTP 200`. */
export function webStepText({ what, status, sentence }: WebStep): string {
  return [`${what}: ${status === 0 ? 'no answer' : `HTTP ${status}`}`, sentence].filter(Boolean).join('. ')
}

/** `0.4 s`: most connections are over within a second. */
export function lengthText({ startedAt, endedAt, state }: AssociationRow): string {
  if (endedAt === null || state === 'refused' || state === 'failed') return ''
  const ms = endedAt - startedAt
  if (ms < 50) return '< 0.1 s'
  return ms < 9950 ? `${(ms / 1000).toFixed(1)} s` : formatDuration(ms)
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** `14:52:07`, `20 Nov 14:52:07`. */
export function startText({ startedAt }: AssociationRow, now: number): string {
  const isToday = startedAt >= new Date(now).setHours(0, 0, 0, 0)
  return isToday ? clock.format(startedAt) : `${date.format(startedAt)} ${clock.format(startedAt)}`
}

/** PS3.8 Table 9-18. */
export function contextText({ result, transferSyntax }: AssociationDetails['contexts'][number]): string {
  if (result === null) return ''
  if (result === 0) return transferSyntaxName(transferSyntax)
  const why = ['', 'not for this caller', 'no reason given', 'service is off or unknown', 'none of its encodings']
  return `Refused: ${why[result] ?? 'unknown reason'}`
}

/** PS3.7 E.1. */
const commandNames: Readonly<Record<number, string>> = {
  1: 'C-STORE',
  16: 'C-GET',
  32: 'C-FIND',
  33: 'C-MOVE',
  48: 'C-ECHO',
  256: 'N-EVENT-REPORT',
  272: 'N-GET',
  288: 'N-SET',
  304: 'N-ACTION',
  320: 'N-CREATE',
  336: 'N-DELETE',
}

export function commandName(commandField: number): string {
  return commandNames[commandField] ?? `Command ${commandField.toString(16).toUpperCase().padStart(4, '0')}`
}

/** `12 C-STORE: success (0000)`; what we asked of the caller says so. */
export function operationText({ by, commandField, status, count }: AssociationDetails['operations'][number]): string {
  const whose = by === 'us' ? ' of ours' : ''
  return `${formatNumber(count)} ${commandName(commandField)}${whose}: ${statusWords(status)}`
}

/** `40 kinds of objects proposed, 38 accepted`. */
export function proposalText({ contexts, rejection }: AssociationDetails): string {
  const proposed = `${formatCount(contexts.length, 'context')} proposed`
  if (rejection) return proposed
  return `${proposed}, ${formatNumber(contexts.filter(({ result }) => result === 0).length)} accepted`
}
