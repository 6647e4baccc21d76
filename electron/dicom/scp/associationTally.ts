import { statusClass } from '#shared/dicom/status.ts'
import type { AssociationTally as Tally } from '../associationRecord.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import { plainText } from './plainText.ts'

/** Enough to find out what went wrong; an association of a million failures is counted, not copied. */
const FAILURES_MAX = 50
const OPERATIONS_MAX = 64
/** So many objects are told one by one. */
const STEPS_MAX = 100

/** What was asked and answered on one association, for the log. No value of a data set, so no patient. */
export class AssociationTally {
  private readonly counts = new Map<string, Tally['operations'][number]>()
  private readonly failures: Tally['failures'] = []
  private readonly steps: Tally['steps'] = []
  private readonly startedAt = performance.now()

  /** `by`: who asked. */
  answered(by: 'peer' | 'us', request: CommandSet, status: number, errorComment = ''): void {
    const kind = statusClass(status)
    if (kind === 'pending') return
    const { commandField } = request
    const key = `${by} ${commandField} ${status}`
    const known = this.counts.get(key)
    if (known) known.count += 1
    else if (this.counts.size < OPERATIONS_MAX) this.counts.set(key, { by, commandField, status, count: 1 })
    const sopClassUID = plainText(request.affectedSOPClassUID ?? request.requestedSOPClassUID ?? '')
    const ms = Math.round(performance.now() - this.startedAt)
    if (this.steps.length < STEPS_MAX) this.steps.push({ ms, by, commandField, status, sopClassUID })
    if (kind === 'success' || kind === 'cancel' || this.failures.length >= FAILURES_MAX) return
    this.failures.push({
      ...{ by, commandField, status, errorComment: plainText(errorComment) },
      sopClassUID,
      sopInstanceUID: plainText(request.affectedSOPInstanceUID ?? request.requestedSOPInstanceUID ?? ''),
    })
  }

  result(bytesReceived: number, bytesSent: number): Tally {
    return {
      bytesReceived,
      bytesSent,
      operations: [...this.counts.values()],
      failures: this.failures,
      steps: this.steps,
    }
  }
}
