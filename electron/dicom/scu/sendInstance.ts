import { closeSync } from 'node:fs'
import { sopClassName } from '#shared/dicom/sopClass.ts'
import { statusClass, statusWords } from '#shared/dicom/status.ts'
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  transferSyntaxName,
} from '#shared/dicom/transferSyntax.ts'
import type { RequestChannel } from '../dimse/requestChannel.ts'
import type { InstanceToSend, SendOutcome } from '../nodeApi.ts'
import type { Transcoder } from '../transcode/transcoder.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import type { ReadAhead } from './readAhead.ts'
import { type MoveOriginator, store } from './store.ts'
import { type DataSetSource, dataSetOf, openDataSet } from './storedDataSet.ts'

/** An association by which instances go out, whoever opened it. */
export interface Sending {
  channel: RequestChannel
  contextFor(abstractSyntax: string, fits: (transferSyntax: string) => boolean): AcceptedContext | undefined
  /** For the notes of the outcomes. */
  peerName: string
  transcoder: Pick<Transcoder, 'convert'>
  staging: Buffer
  ahead: ReadAhead
  originator?: MoveOriginator | undefined
}

const uncompressed = new Set([EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN])

/**
 * One C-STORE as the peer takes it: as stored, else converted to an uncompressed syntax. `following` goes out next, and is
 * read meanwhile. Rejects with AssociationError when no answer comes; whatever else hinders it is the outcome.
 */
export async function sendInstance(
  sending: Sending,
  instance: InstanceToSend,
  following?: InstanceToSend,
): Promise<SendOutcome> {
  const { channel, contextFor, peerName, staging, originator, ahead } = sending
  const { sopClassUID, sopInstanceUID, transferSyntaxUID } = instance
  const own = contextFor(sopClassUID, (syntax) => syntax === transferSyntaxUID)
  const context = own ?? contextFor(sopClassUID, (syntax) => uncompressed.has(syntax))
  if (!context) return outcomeOf(instance, undefined, 'failure', refusedNote(instance, peerName))
  let dataSet: DataSetSource
  let conversion = ''
  try {
    const opened = await ahead.take(instance.path)
    if (following) ahead.prepare(following.path)
    if (own) dataSet = openDataSet(instance.path, transferSyntaxUID, opened)
    else {
      if (opened) closeSync(opened.file)
      const { transferSyntax } = context
      dataSet = dataSetOf(await sending.transcoder.convert(instance.path, transferSyntaxUID, transferSyntax))
      conversion = `Converted from ${transferSyntaxName(transferSyntaxUID)} to ${transferSyntaxName(transferSyntax)}.`
    }
  } catch (error) {
    return outcomeOf(instance, undefined, 'failure', unreadableNote(error, own, instance, context, peerName))
  }
  try {
    const { command } = await store(channel, context, { sopClassUID, sopInstanceUID, dataSet, originator }, staging)
    return answered(instance, command.status ?? -1, command.errorComment, conversion)
  } finally {
    dataSet.close()
  }
}

function answered(
  instance: InstanceToSend,
  status: number,
  errorComment: string | undefined,
  conversion: string,
): SendOutcome {
  const kind = statusClass(status)
  if (kind === 'success') return outcomeOf(instance, status, 'success', conversion || undefined)
  const words = `Answer: ${statusWords(status)}${errorComment ? `: ${errorComment}` : ''}.`
  const note = [words, conversion].filter(Boolean).join(' ')
  return outcomeOf(instance, status, kind === 'warning' ? 'warning' : 'failure', note)
}

export function outcomeOf(
  { instanceId, sopInstanceUID, bytes }: InstanceToSend,
  status: number | undefined,
  outcome: SendOutcome['outcome'],
  note: string | undefined,
  hindrance?: SendOutcome['hindrance'],
): SendOutcome {
  const why = hindrance ?? (status === undefined ? 'hindered' : undefined)
  return { instanceId, sopInstanceUID, status, outcome, note, bytes, ...(why ? { hindrance: why } : {}) }
}

export function refusedNote({ sopClassUID }: InstanceToSend, peerName: string): string {
  return `${peerName} does not take ${sopClassName(sopClassUID)}.`
}

function unreadableNote(
  error: unknown,
  own: AcceptedContext | undefined,
  { transferSyntaxUID }: InstanceToSend,
  context: AcceptedContext,
  peerName: string,
): string {
  if (own) return 'The stored file cannot be read.'
  const why = error instanceof Error ? error.message : String(error)
  const from = transferSyntaxName(transferSyntaxUID)
  return `${peerName} takes ${transferSyntaxName(context.transferSyntax)} only, and ${from} cannot be converted: ${why}`
}
