import { statusClass } from '#shared/dicom/status.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import type { AssociationTally as Tally } from '../nodeApi.ts'
import { plainText } from './plainText.ts'

/** Enough to find out what went wrong; an association of a million failures is counted, not copied. */
const FAILURES_MAX = 50
const OPERATIONS_MAX = 64

/** What was asked and answered on one association, for the log. No value of a data set, so no patient. */
export class AssociationTally {
  private readonly counts = new Map<string, Tally['operations'][number]>()
  private readonly failures: Tally['failures'] = []

  /** `by`: who asked. */
  answered(by: 'peer' | 'us', request: CommandSet, status: number, errorComment = ''): void {
    const kind = statusClass(status)
    if (kind === 'pending') return
    const { commandField } = request
    const key = `${by} ${commandField} ${status}`
    const known = this.counts.get(key)
    if (known) known.count += 1
    else if (this.counts.size < OPERATIONS_MAX) this.counts.set(key, { by, commandField, status, count: 1 })
    if (kind === 'success' || kind === 'cancel' || this.failures.length >= FAILURES_MAX) return
    this.failures.push({
      ...{ by, commandField, status, errorComment: plainText(errorComment) },
      sopClassUID: plainText(request.affectedSOPClassUID ?? request.requestedSOPClassUID ?? ''),
      sopInstanceUID: plainText(request.affectedSOPInstanceUID ?? request.requestedSOPInstanceUID ?? ''),
    })
  }

  result(bytesReceived: number, bytesSent: number): Tally {
    return { bytesReceived, bytesSent, operations: [...this.counts.values()], failures: this.failures }
  }
}
