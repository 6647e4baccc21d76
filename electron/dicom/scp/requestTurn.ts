import { statusClass } from '#shared/dicom/status.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import type { DataSetSink } from '../dimse/messageReader.ts'

/** Runs a request: answers now or later, and returns where its data set goes. */
type Run = (signal: AbortSignal) => DataSetSink | undefined

/**
 * The requests of one association, one at a time: no asynchronous operations window is negotiated (R057, PS3.7 D.3.3.3).
 * While one runs the association is still read, for its C-CANCEL; a request that comes too early waits, and the peer
 * with it.
 */
export class RequestTurn {
  private running: { command: CommandSet; controller: AbortController } | undefined
  private waiting: (() => void) | undefined
  private ended = false
  private readonly hold: () => () => void
  private readonly onFailure: (error: unknown) => void

  /** `hold` stops reading until what it returns is called. `onFailure`: a request that waited could not be begun. */
  constructor(hold: () => () => void, onFailure: (error: unknown) => void) {
    this.hold = hold
    this.onFailure = onFailure
  }

  get isTaken(): boolean {
    return this.running !== undefined
  }

  take(command: CommandSet, run: Run): DataSetSink | undefined {
    if (this.running) return this.later(command, run)
    const controller = new AbortController()
    this.running = { command, controller }
    return run(controller.signal)
  }

  private later(command: CommandSet, run: Run): DataSetSink {
    const release = this.hold()
    let sink: DataSetSink | undefined
    this.waiting = () => {
      try {
        sink = this.take(command, run)
        release()
      } catch (error) {
        this.onFailure(error)
      }
    }
    return { write: (bytes) => sink?.write(bytes), end: () => sink?.end(), abort: () => sink?.abort() }
  }

  /** A response went out; the last one of the request that runs lets the next one begin. */
  answered(request: CommandSet, status: number): void {
    if (this.running?.command !== request || statusClass(status) === 'pending') return
    this.running = undefined
    const next = this.waiting
    this.waiting = undefined
    // Not within the answer of the one before: its service has not tidied up yet.
    if (next) setImmediate(() => !this.ended && next())
  }

  /** PS3.7 9.3.2.3: what has been answered already cannot be cancelled, and that is no error. */
  cancel(messageID: number | undefined): void {
    if (this.running?.command.messageID === messageID) this.running?.controller.abort()
  }

  end(): void {
    this.ended = true
    this.waiting = undefined
    this.running?.controller.abort()
    this.running = undefined
  }
}
