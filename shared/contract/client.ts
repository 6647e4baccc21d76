import { ApiError } from './errors.ts'
import type { Contract, InputOf, Operation, OutputOf } from './operation.ts'
import { type Wire, type WireMessage, wireMessage } from './wire.ts'

interface CallOptions {
  signal?: AbortSignal | undefined
}

type Caller<Op extends Operation> = Op extends { kind: 'stream' }
  ? (input: InputOf<Op>, options?: CallOptions) => AsyncIterable<OutputOf<Op>>
  : (input: InputOf<Op>, options?: CallOptions) => Promise<OutputOf<Op>>

export type Client<C extends Contract> = {
  [Feature in keyof C]: { [Verb in keyof C[Feature]]: Caller<C[Feature][Verb]> }
}

interface Pending {
  item(output: unknown): void
  end(output: unknown): void
  fail(error: ApiError): void
}

/**
 * The page's half of the contract. Input is validated before it is sent, output when it arrives.
 * Every open call fails with `disconnected` when the wire closes.
 */
export function createClient<C extends Contract>(contract: C, wire: Wire): Client<C> {
  const pending = new Map<number, Pending>()
  let lastId = 0
  let closed = false
  wire.onClose(() => {
    closed = true
    for (const call of pending.values()) call.fail(disconnected())
    pending.clear()
  })
  wire.onMessage((raw) => {
    const parsed = wireMessage.safeParse(raw)
    if (!parsed.success) return
    const message = parsed.data
    const call = pending.get(message.id)
    if (!call) return
    if (message.kind === 'item') return call.item(message.output)
    pending.delete(message.id)
    if (message.kind === 'result') call.end(message.output)
    else if (message.kind === 'end') call.end(undefined)
    else if (message.kind === 'error') {
      call.fail(new ApiError(message.error.code, message.error.message, message.error))
    }
  })

  /** Starts a call; returns how to cancel it. */
  function start(
    name: string,
    operation: Operation,
    input: unknown,
    listener: Pending,
    signal?: AbortSignal,
  ): () => void {
    if (closed) {
      listener.fail(disconnected())
      return () => {}
    }
    const checked = operation.input.safeParse(input)
    if (!checked.success) {
      const [issue] = checked.error.issues
      const field = issue?.path.map(String).join('.')
      listener.fail(new ApiError('invalid-input', issue?.message ?? 'The input is not valid.', field ? { field } : {}))
      return () => {}
    }
    lastId += 1
    const id = lastId
    const cancel = () => {
      signal?.removeEventListener('abort', cancel)
      if (!pending.delete(id)) return
      wire.send({ kind: 'cancel', id })
      listener.fail(new ApiError('cancelled', 'Stopped.'))
    }
    const settle = (end: () => void) => {
      signal?.removeEventListener('abort', cancel)
      end()
    }
    pending.set(id, {
      item: listener.item,
      end: (output) => settle(() => listener.end(output)),
      fail: (error) => settle(() => listener.fail(error)),
    })
    wire.send({ kind: 'call', id, operation: name, input: checked.data } satisfies WireMessage)
    if (signal?.aborted) cancel()
    else signal?.addEventListener('abort', cancel)
    return cancel
  }

  const client: Record<string, Record<string, unknown>> = {}
  for (const [feature, verbs] of Object.entries(contract)) {
    client[feature] = {}
    for (const [verb, operation] of Object.entries(verbs)) {
      const name = `${feature}.${verb}`
      client[feature][verb] =
        operation.kind === 'stream'
          ? (input: unknown, options: CallOptions = {}) =>
              readStream(operation, (listener) => start(name, operation, input, listener, options.signal))
          : (input: unknown, options: CallOptions = {}) =>
              new Promise((resolve, reject) => {
                const end = (output: unknown) => settleOutput(operation, output, resolve, reject)
                start(name, operation, input, { item: () => {}, end, fail: reject }, options.signal)
              })
    }
  }
  return client as Client<C>
}

function settleOutput(
  op: Operation,
  output: unknown,
  resolve: (value: unknown) => void,
  reject: (e: ApiError) => void,
) {
  const parsed = op.output.safeParse(output)
  if (parsed.success) resolve(parsed.data)
  else
    reject(
      new ApiError('internal', 'The workstation answered in a form that this page does not know. Reload the page.'),
    )
}

/** A stream starts when it is first read and is cancelled when its reader leaves the loop. */
async function* readStream(operation: Operation, begin: (listener: Pending) => () => void): AsyncGenerator<unknown> {
  const queue: unknown[] = []
  let ended = false
  let failure: ApiError | undefined
  let wake = () => {}
  const cancel = begin({
    item: (output) => {
      queue.push(output)
      wake()
    },
    end: () => {
      ended = true
      wake()
    },
    fail: (error) => {
      failure = error
      wake()
    },
  })
  try {
    while (true) {
      if (queue.length > 0) {
        const parsed = operation.output.safeParse(queue.shift())
        if (!parsed.success)
          throw new ApiError('internal', 'The workstation answered in a form that this page does not know.')
        yield parsed.data
      } else if (failure) throw failure
      else if (ended) return
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  } finally {
    cancel()
  }
}

function disconnected(): ApiError {
  return new ApiError(
    'disconnected',
    'The connection to the workstation is lost. It comes back by itself when the workstation runs.',
  )
}
