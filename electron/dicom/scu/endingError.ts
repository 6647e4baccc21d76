import { type AssociationReject, rejectWords } from '#shared/dicom/associationReject.ts'
import { AssociationError } from '../associationError.ts'
import type { Ending } from '../upperLayer/association.ts'

export function rejected({ result, source, reason }: AssociationReject): AssociationError {
  const rejection = { result, source, reason }
  return new AssociationError('REJECTED', `The association was ${rejectWords(rejection)}`, { rejection })
}

/** `brokenBy`: the code of the transport's own error, where there was one. */
export function endingError({ how, abort, note }: Ending, brokenBy?: string): AssociationError {
  if (how === 'timed-out') return new AssociationError('TIMED_OUT', 'The peer did not answer in time')
  if (how === 'aborted') {
    const who =
      abort?.by === 'us'
        ? `The association was aborted: ${note ?? 'protocol error'}`
        : 'The peer aborted the association'
    return new AssociationError(
      'ABORTED',
      who,
      abort ? { cause: `source ${abort.source} reason ${abort.reason}`, by: abort.by } : {},
    )
  }
  if (how === 'released') return new AssociationError('LOST', 'The peer released the association')
  if (brokenBy?.startsWith('ERR_SSL_'))
    return new AssociationError('TLS', 'The peer refused the secured connection', { cause: brokenBy })
  return new AssociationError('LOST', 'The connection was closed')
}

/** What answers at that port is no DICOM application, judged by its first bytes. */
export function notDicom(first: Buffer): AssociationError | undefined {
  const type = first[0] ?? 0
  if (type >= 1 && type <= 7) return undefined
  const text = first.toString('latin1')
  const cause = text.startsWith('HTTP')
    ? 'HTTP'
    : text.startsWith('SSH')
      ? 'SSH'
      : type === 0x15
        ? 'TLS'
        : 'other protocol'
  return new AssociationError('NOT_DICOM', 'What answers there does not speak DICOM', { cause })
}
