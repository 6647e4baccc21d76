import { SIGNAL_MARK, STREAM_CREDIT, type ThreadError, type ThreadMessage, type ThreadPort } from './message.ts'

type Method = (...args: unknown[]) => unknown

/**
 * Answers calls that arrive on `port` with the methods of `api`.
 * A method may return a value, a promise, or an async iterable (a stream with back-pressure).
 */
export function expose(port: ThreadPort, api: object): void {
  const running = new Map<number, { abort: AbortController; credit: Credit }>()
  const abortAll = () => {
    for (const { abort } of running.values()) abort.abort()
  }
  port.on('close', abortAll)
  port.on('message', (message: ThreadMessage) => {
    if (message.kind === 'abort') running.get(message.id)?.abort.abort()
    else if (message.kind === 'credit') running.get(message.id)?.credit.add()
    else if (message.kind === 'call') void answer(message)
  })

  async function answer(call: Extract<ThreadMessage, { kind: 'call' }>): Promise<void> {
    const { id } = call
    const abort = new AbortController()
    const credit = new Credit(STREAM_CREDIT)
    abort.signal.addEventListener('abort', () => credit.add(), { once: true })
    running.set(id, { abort, credit })
    try {
      const method = (api as Record<string, Method | undefined>)[call.method]
      if (!method) throw new Error(`No method ${call.method} on this thread`)
      const args = call.args.map((arg) => (arg === SIGNAL_MARK ? abort.signal : arg))
      const result = method.apply(api, args)
      if (isAsyncIterable(result)) {
        for await (const value of result) {
          await credit.take(abort.signal)
          if (abort.signal.aborted) break
          port.postMessage({ kind: 'next', id, value } satisfies ThreadMessage)
        }
        port.postMessage({ kind: 'done', id } satisfies ThreadMessage)
      } else {
        port.postMessage({ kind: 'value', id, value: await result } satisfies ThreadMessage)
      }
    } catch (error) {
      port.postMessage({ kind: 'error', id, error: toThreadError(error) } satisfies ThreadMessage)
    } finally {
      running.delete(id)
    }
  }
}

class Credit {
  private available: number
  private waiting: (() => void) | undefined
  constructor(available: number) {
    this.available = available
  }
  add(): void {
    this.available += 1
    this.waiting?.()
    this.waiting = undefined
  }
  async take(signal: AbortSignal): Promise<void> {
    while (this.available <= 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.waiting = resolve
      })
    }
    this.available -= 1
  }
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

function toThreadError(error: unknown): ThreadError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: undefined, details: undefined }
  const { code, details } = error as { code?: unknown; details?: unknown }
  return { name: error.name, message: error.message, code: code === undefined ? undefined : String(code), details }
}
