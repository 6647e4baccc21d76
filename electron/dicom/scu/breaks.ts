import { setTimeout as pause } from 'node:timers/promises'
import type { AssociationError } from '../associationError.ts'
import { UNREADABLE } from './store.ts'

/** Associations in a row that ended without a single answer. */
const FRUITLESS_MAX = 20
/** Each costs the whole DIMSE timeout. */
const SILENT_MAX = 3
/** A peer that went down with the association gets this long to come back; some are restarted by a supervisor. */
const REOPEN_PAUSES_MS = [250, 1000, 3000]
/** Nobody was there: the peer restarts, or has no room at the moment. */
const passing = new Set(['REFUSED', 'LOST', 'ABORTED', 'TIMED_OUT'])
/** PS3.8 9.3.4: rejected-transient. */
const TRANSIENT = 2

/**
 * - `again`: over a new association, from the instance that has no answer on.
 * - `blame`: that instance is a failure; the ones after it go over a new association.
 * - `give-up`: nothing more of the batch is sent.
 */
export type Verdict = 'again' | 'blame' | 'give-up'

/**
 * What a batch does when its association could not be opened, or ended before the batch did. Some peers abort at an
 * object that they cannot read (Orthanc 1.10.1 at deflated ones), die of it, or close after so many objects or minutes:
 * none of this may cost the objects that follow.
 */
export class Breaks {
  private fruitless = 0
  private silent = 0
  private unopened = 0
  private everOpened = false

  opened(): void {
    this.everOpened = true
    this.unopened = 0
  }

  answered(): void {
    this.fruitless = 0
    this.silent = 0
  }

  /** `answers`: those on the association that ended. An instance is to blame when the association broke at it alone. */
  afterEnd(error: AssociationError, answers: number): Verdict {
    if (error.code === 'CANCELLED') return 'give-up'
    if (error.details.cause === UNREADABLE) return 'blame'
    if (error.code === 'TIMED_OUT') {
      this.silent += 1
      return this.silent >= SILENT_MAX ? 'give-up' : 'blame'
    }
    this.fruitless = answers === 0 ? this.fruitless + 1 : 0
    if (this.fruitless >= FRUITLESS_MAX) return 'give-up'
    return answers === 0 ? 'blame' : 'again'
  }

  /** The first association of a batch is tried again only when the peer says that it may be. */
  async afterRefusal(error: AssociationError, signal: AbortSignal): Promise<Verdict> {
    const { code, details } = error
    const isTransient = code === 'REJECTED' && details.rejection?.result === TRANSIENT
    const wait = REOPEN_PAUSES_MS[this.unopened]
    if (wait === undefined || !(isTransient || (this.everOpened && passing.has(code)))) return 'give-up'
    this.unopened += 1
    await pause(wait, undefined, { signal }).catch(() => {})
    return signal.aborted ? 'give-up' : 'again'
  }
}
