/** What two threads say to each other. One method call is one `id`; a stream answers with many `next`. */
export type ThreadMessage =
  | { kind: 'call'; id: number; method: string; args: unknown[] }
  | { kind: 'abort'; id: number }
  | { kind: 'credit'; id: number }
  | { kind: 'value'; id: number; value: unknown }
  | { kind: 'next'; id: number; value: unknown }
  | { kind: 'done'; id: number }
  | { kind: 'error'; id: number; error: ThreadError }

/** An error as it crosses threads: class identity is lost, so name and code carry the meaning. */
export interface ThreadError {
  name: string
  message: string
  code: string | undefined
  details: unknown
}

/** The part of Node's MessagePort and Worker that we need. */
export interface ThreadPort {
  postMessage(message: unknown, transfer?: readonly never[]): void
  on(event: 'message', listener: (message: ThreadMessage) => void): unknown
  on(event: 'close' | 'exit', listener: () => void): unknown
}

/** Stands in the arguments where the caller had an AbortSignal. */
export const SIGNAL_MARK = '\u0000signal'

/** How many values a stream may run ahead of its reader. */
export const STREAM_CREDIT = 64
