import type { Socket } from 'node:net'

/** Answers of which the peer has read so little get no further requests read; a service that streams waits much sooner. */
const UNREAD_MAX = 256 * 1024

export interface UnreadParts {
  socket: Socket
  timeoutMs: number
  /** Stops reading from the peer until the returned function is called. */
  hold(): () => void
  /** The peer read nothing for `timeoutMs`: it gets no more of our memory. */
  giveUp(): void
}

/** What was answered and not taken yet by the peer. */
export class UnreadAnswers {
  private readonly parts: UnreadParts
  private waiting: Promise<void> | undefined
  private release: (() => void) | undefined

  constructor(parts: UnreadParts) {
    this.parts = parts
  }

  /** To be called after each answer. */
  sent(): void {
    const { socket, hold } = this.parts
    if (!socket.writableNeedDrain) return
    void this.drained()
    if (socket.writableLength > UNREAD_MAX) this.release ??= hold()
  }

  /** Resolves when the peer has taken what was sent, or is gone. */
  drained(): Promise<void> {
    const { socket, timeoutMs, giveUp } = this.parts
    if (this.waiting) return this.waiting
    if (!socket.writableNeedDrain || socket.destroyed) return Promise.resolve()
    this.waiting = new Promise((resolve) => {
      const timer = setTimeout(giveUp, timeoutMs)
      const over = () => {
        clearTimeout(timer)
        socket.off('drain', over).off('close', over)
        this.waiting = undefined
        const { release } = this
        this.release = undefined
        release?.()
        resolve()
      }
      socket.on('drain', over).on('close', over)
    })
    return this.waiting
  }
}
