import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import type { CommandSet } from './commandSet.ts'

export interface Response {
  context: AcceptedContext
  command: CommandSet
  identifier: Buffer | undefined
}

/** By what our requests go out and their responses come back: on an association that we opened, or on one that the peer did. */
export interface RequestChannel {
  /** What one P-DATA-TF to this peer may hold. */
  readonly pduLength: number
  readonly isOpen: boolean
  nextMessageID(): number
  /**
   * Notes the request that the next responses belong to; `send` does it by itself. Throws AssociationError when an answer
   * to an earlier one was not taken.
   */
  expect(context: AcceptedContext, command: CommandSet): void
  /** Sends a message that fits into memory. */
  send(context: AcceptedContext, command: CommandSet, dataSet?: Uint8Array): void
  /** Whole PDUs of the caller's making. Resolves when `bytes` may be used again; also when the association ended. */
  write(bytes: Uint8Array): Promise<void>
  /** The next response. Rejects with AssociationError when there will be none. */
  next(): Promise<Response>
  abort(): void
}
