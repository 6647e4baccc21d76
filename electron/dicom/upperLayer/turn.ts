/** What one peer may have handled in a turn of the event loop: 64 commands, or as many values as fit into what is read. */
const TURN_MAX = 1024
/** A command is answered, which takes longer than passing on a value of a data set. */
export const COMMAND_COST = 16

export interface TurnUser {
  /** Read no further. */
  onOver(): void
  /** Everybody else had a turn. */
  onNext(): void
}

/**
 * Shares the thread among the associations. A peer that sends thousands of commands in one go has 64 KB of them read at
 * once; twenty such peers would let a well-meaning one wait for more than a second.
 */
export class Turn {
  private readonly user: TurnUser
  private spent = 0
  isOver = false

  constructor(user: TurnUser) {
    this.user = user
  }

  spend(cost: number): void {
    if (this.spent === 0) setImmediate(() => this.next())
    this.spent += cost
    if (this.spent < TURN_MAX || this.isOver) return
    this.isOver = true
    this.user.onOver()
  }

  private next(): void {
    this.spent = 0
    if (!this.isOver) return
    this.isOver = false
    this.user.onNext()
  }
}
