import { statusClass } from '#shared/dicom/status.ts'
import { decodeIdentifier } from '../dimse/identifier.ts'
import type { Response } from '../dimse/requestChannel.ts'
import type { MoveProgress } from '../nodeApi.ts'

/** A response to C-MOVE or C-GET (PS3.7 9.1.3, 9.1.4). */
export function retrieveProgress({ command, identifier, context }: Response): MoveProgress {
  const status = command.status ?? -1
  return {
    final: statusClass(status) !== 'pending',
    status,
    errorComment: command.errorComment,
    remaining: command.remainingSubOperations,
    completed: command.completedSubOperations ?? 0,
    failed: command.failedSubOperations ?? 0,
    warning: command.warningSubOperations ?? 0,
    failedSOPInstanceUIDs: failedUIDs(identifier, context.transferSyntax),
  }
}

/** (0008,0058) of a final response that was not all success. A list that cannot be read is none. */
function failedUIDs(identifier: Buffer | undefined, transferSyntax: string): string[] {
  if (!identifier) return []
  try {
    const list = decodeIdentifier(identifier, transferSyntax).FailedSOPInstanceUIDList ?? ''
    return list === '' ? [] : list.split('\\')
  } catch {
    return []
  }
}
