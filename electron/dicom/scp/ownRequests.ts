import { AssociationError } from '../associationError.ts'
import { type Awaited, LEFT_OVER, requestOf } from '../dimse/awaited.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import { encodeMessage } from '../dimse/encodeMessage.ts'
import { collectIdentifier } from '../dimse/identifierSink.ts'
import type { DataSetSink } from '../dimse/messageReader.ts'
import type { RequestChannel, Response } from '../dimse/requestChannel.ts'
import { endingError } from '../scu/endingError.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import type { Association, Ending } from '../upperLayer/association.ts'

/** A peer that sends its responses before anybody takes them is not kept waiting; it has at most one to send. */
const LOOK_EVERY_MS = 1000

/**
 * Requests of ours on an association that the peer opened: the C-STORE sub-operations of its C-GET (PS3.4 C.4.3), and
 * N-EVENT-REPORT (PS3.4 J.3.3). One at a time: no asynchronous operations window is negotiated.
 */
export class OwnRequests implements RequestChannel {
  pduLength = 0
  /** Contexts of which the peer offered to be the SCP, and we agreed. */
  contexts: readonly AcceptedContext[] = []
  private readonly association: Association
  private readonly timeoutMs: number
  private readonly answered: (request: CommandSet, response: CommandSet) => void
  private awaited: Awaited | undefined
  private readonly responses: Response[] = []
  private failure: AssociationError | undefined
  private lastMessageID = 0
  private wake: () => void = () => {}

  constructor(
    association: Association,
    timeoutMs: number,
    answered: (request: CommandSet, response: CommandSet) => void,
  ) {
    this.association = association
    this.timeoutMs = timeoutMs
    this.answered = answered
  }

  get isOpen(): boolean {
    return this.failure === undefined && this.association.established
  }

  contextFor(abstractSyntax: string, fits: (transferSyntax: string) => boolean): AcceptedContext | undefined {
    return this.contexts.find((context) => context.abstractSyntax === abstractSyntax && fits(context.transferSyntax))
  }

  nextMessageID(): number {
    this.lastMessageID = (this.lastMessageID % 0xffff) + 1
    return this.lastMessageID
  }

  expect(context: AcceptedContext, command: CommandSet): void {
    if (this.responses.length > 0) this.fail(new AssociationError('ABORTED', LEFT_OVER, { by: 'us' }))
    if (this.failure) throw this.failure
    this.awaited = { context, command }
  }

  send(context: AcceptedContext, command: CommandSet, dataSet?: Uint8Array): void {
    this.expect(context, command)
    void this.write(encodeMessage(context.id, command, dataSet, this.pduLength))
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.association.sendAll(bytes)
  }

  /** Rejects with TIMED_OUT, and aborts, when neither a response nor any other sign of life comes within the DIMSE timeout. */
  async next(): Promise<Response> {
    const askedAt = performance.now()
    while (true) {
      const response = this.responses.shift()
      if (response) return response
      if (this.failure) throw this.failure
      const silentMs = Math.min(performance.now() - askedAt, this.association.idle.idleMs)
      if (silentMs >= this.timeoutMs)
        this.fail(new AssociationError('TIMED_OUT', 'The peer does not answer our request'))
      else await this.something(Math.min(this.timeoutMs - silentMs, LOOK_EVERY_MS))
    }
  }

  abort(): void {
    this.fail(new AssociationError('ABORTED', 'We ended the association'))
  }

  /** Throws DimseProtocolError when nothing was asked that this answers. */
  onResponse(contextId: number, command: CommandSet): DataSetSink | undefined {
    const request = requestOf(command, contextId, this.awaited)
    if (request.isAnswered) this.awaited = undefined
    this.answered(request.command, command)
    const deliver = (identifier: Buffer | undefined) => {
      this.responses.push({ context: request.context, command, identifier })
      this.wake()
    }
    if (command.hasDataSet) return collectIdentifier(deliver)
    deliver(undefined)
    return undefined
  }

  onEnd(ending: Ending): void {
    this.failure ??= endingError(ending)
    this.wake()
  }

  private fail(error: AssociationError): void {
    this.failure ??= error
    this.association.abort()
    this.wake()
  }

  private something(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
