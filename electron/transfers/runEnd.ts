import type { EndState } from './transfer.ts'

/** How one run of a send or a retrieve went. What was stopped says anything; the signal counts then. */
export type RunEnd =
  | { kind: 'ended'; state: EndState; message: string }
  /** A passing cause, of the destination as a whole or of this job's images. `waitMs`: it said for how long. */
  | { kind: 'again'; scope: 'destination' | 'job'; message: string; waitMs?: number | undefined }
  /** There is no room for more images here, or nothing here listens for them. Goes on by itself. */
  | { kind: 'held'; by: 'space' | 'listener'; message: string }
  | { kind: 'stopped' }

export const ended = (state: EndState, message = ''): RunEnd => ({ kind: 'ended', state, message })
