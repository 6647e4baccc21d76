import {
  CANCELLED,
  CANNOT_PERFORM_SUB_OPERATIONS,
  PENDING,
  SUB_OPERATIONS_INCOMPLETE,
  SUCCESS,
} from '#shared/dicom/status.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import { matchWriter } from '../dimse/matchWriter.ts'
import type { SendOutcome } from '../nodeApi.ts'

/** A US holds no more; beyond it the count stands still and the sub-operations go on. */
const COUNT_MAX = 0xffff
/** As many as an element of Explicit VR holds (PS3.5 7.1.2). */
const FAILED_LIST_MAX = 1000

/** The C-STOREs of one C-MOVE or C-GET, counted (PS3.4 C.4.2.1.6 to C.4.2.1.9). */
export class SubOperations {
  private readonly total: number
  private completed = 0
  private failed = 0
  private warning = 0
  private readonly failedUIDs: string[] = []

  constructor(total: number) {
    this.total = total
  }

  record({ outcome, sopInstanceUID }: Pick<SendOutcome, 'outcome' | 'sopInstanceUID'>): void {
    if (outcome === 'success') this.completed += 1
    else if (outcome === 'warning') this.warning += 1
    else {
      this.failed += 1
      if (this.failedUIDs.length < FAILED_LIST_MAX) this.failedUIDs.push(sopInstanceUID)
    }
  }

  /** For what was found and, since, is gone. */
  lose(count: number): void {
    this.failed += count
  }

  pending(): Partial<CommandSet> {
    return { status: PENDING, remainingSubOperations: this.remaining(), ...this.done() }
  }

  /** Remaining sub-operations are told only of a cancelled one (PS3.4 C.4.2.1.6). */
  final(isCancelled: boolean): Partial<CommandSet> {
    if (isCancelled) return { status: CANCELLED, remainingSubOperations: this.remaining(), ...this.done() }
    return { status: this.status(), ...this.done() }
  }

  /** (0008,0058) of a final response that was not all success (PS3.4 C.4.2.1.4.2); undefined where none failed. */
  failedList(transferSyntaxUID: string): Buffer | undefined {
    if (this.failedUIDs.length === 0) return undefined
    return matchWriter([{ keyword: 'FailedSOPInstanceUIDList' }], transferSyntaxUID, '')([this.failedUIDs.join('\\')])
  }

  private status(): number {
    if (this.failed === 0 && this.warning === 0) return SUCCESS
    return this.completed + this.warning === 0 ? CANNOT_PERFORM_SUB_OPERATIONS : SUB_OPERATIONS_INCOMPLETE
  }

  private remaining(): number {
    return Math.min(Math.max(0, this.total - this.completed - this.failed - this.warning), COUNT_MAX)
  }

  private done(): Partial<CommandSet> {
    return {
      completedSubOperations: Math.min(this.completed, COUNT_MAX),
      failedSubOperations: Math.min(this.failed, COUNT_MAX),
      warningSubOperations: Math.min(this.warning, COUNT_MAX),
    }
  }
}
