import { SIGNAL_MARK, type ThreadError, type ThreadMessage, type ThreadPort } from './message.ts'

/** The other side of `expose`: every method is a promise or a stream. */
export type Remote<Api> = {
  [K in keyof Api]: Api[K] extends (...args: infer Args) => infer Result
    ? Result extends AsyncIterable<infer Item>
      ? (...args: Args) => AsyncIterable<Item>
      : (...args: Args) => Promise<Awaited<Result>>
    : never
}

/** An error thrown on another thread. `code` and `details` survive the crossing. */
export class RemoteError extends Error {
  readonly code: string | undefined
  readonly details: unknown
  constructor(error: ThreadError) {
    super(error.message)
    this.name = error.name
    this.code = error.code
    this.details = error.details
  }
}

interface Pending {
  resolve(value: unknown): void
  reject(error: Error): void
  next(value: unknown): void
  done(): void
}

/**
 * Calls the methods that another thread exposes on `port`. A call sends at once; its result can be awaited (a method
 * that answers once) or iterated (a stream). An AbortSignal among the arguments cancels on the other side.
 * When the port closes every open call fails with code `THREAD_GONE`.
 */
export function remote<Api extends object>(port: ThreadPort): Remote<Api> {
  const open = new Map<number, Pending>()
  let lastId = 0
  let gone = false
  const fail = () => {
    gone = true
    for (const call of open.values()) call.reject(threadGone())
    open.clear()
  }
  port.on('close', fail)
  port.on('exit', fail)
  port.on('message', (message: ThreadMessage) => {
    const call = open.get(message.id)
    if (!call) return
    if (message.kind === 'next') return call.next(message.value)
    open.delete(message.id)
    if (message.kind === 'value') call.resolve(message.value)
    else if (message.kind === 'done') call.done()
    else if (message.kind === 'error') call.reject(new RemoteError(message.error))
  })

  function call(method: string, args: unknown[]): Promise<unknown> & AsyncIterable<unknown> {
    lastId += 1
    const id = lastId
    const queue: unknown[] = []
    let ended = false
    let failure: Error | undefined
    let wake = () => {}
    const promise = new Promise<unknown>((resolve, reject) => {
      const settle = () => {
        ended = true
        wake()
      }
      open.set(id, {
        resolve: (value) => {
          resolve(value)
          settle()
        },
        reject: (error) => {
          failure = error
          reject(error)
          settle()
        },
        next: (value) => {
          queue.push(value)
          wake()
        },
        done: () => {
          resolve(undefined)
          settle()
        },
      })
    })
    promise.catch(() => {}) // a stream's reader meets the failure in its loop
    if (gone) {
      open.get(id)?.reject(threadGone())
      open.delete(id)
    } else {
      const sent = args.map((arg) => {
        if (!(arg instanceof AbortSignal)) return arg
        const abort = () => port.postMessage({ kind: 'abort', id } satisfies ThreadMessage)
        if (arg.aborted) queueMicrotask(abort)
        else arg.addEventListener('abort', abort, { once: true })
        void promise.finally(() => arg.removeEventListener('abort', abort)).catch(() => {})
        return SIGNAL_MARK
      })
      port.postMessage({ kind: 'call', id, method, args: sent } satisfies ThreadMessage)
    }
    async function* iterate(): AsyncGenerator<unknown> {
      try {
        while (true) {
          if (queue.length > 0) {
            const value = queue.shift()
            port.postMessage({ kind: 'credit', id } satisfies ThreadMessage)
            yield value
          } else if (failure) throw failure
          else if (ended) return
          else
            await new Promise<void>((resolve) => {
              wake = resolve
            })
        }
      } finally {
        if (!ended) {
          open.delete(id)
          port.postMessage({ kind: 'abort', id } satisfies ThreadMessage)
        }
      }
    }
    return Object.assign(promise, { [Symbol.asyncIterator]: iterate })
  }

  return new Proxy({} as Remote<Api>, {
    get: (_, method) =>
      typeof method === 'string' && method !== 'then' ? (...args: unknown[]) => call(method, args) : undefined,
  })
}

function threadGone(): Error {
  return new RemoteError({ name: 'ThreadGone', message: 'The thread stopped', code: 'THREAD_GONE', details: undefined })
}
