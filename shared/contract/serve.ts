import type { z } from 'zod'
import { ApiError } from './errors.ts'
import type { Contract, Operation, OutputOf } from './operation.ts'
import { type Wire, wireMessage } from './wire.ts'

interface Call {
  /** Aborted when the caller cancels or the wire closes. */
  signal: AbortSignal
}

export type Handler<Op extends Operation> = Op extends { kind: 'stream' }
  ? (input: ParsedInput<Op>, call: Call) => AsyncIterable<OutputOf<Op>>
  : (input: ParsedInput<Op>, call: Call) => Promise<OutputOf<Op>> | OutputOf<Op>

/** The input after validation: defaults filled in. */
type ParsedInput<Op extends Operation> = z.output<Op['input']>

/** One handler for every operation; a missing one does not compile, and fails at start all the same. */
export type Handlers<C extends Contract> = {
  [Feature in keyof C]: { [Verb in keyof C[Feature]]: Handler<C[Feature][Verb]> }
}

export interface ServeOptions {
  /** Told of every call that starts, with its audit class; never with its data. */
  onCall?: (operation: string, audit: Operation['audit']) => void
  /** Told of what was nobody's fault but ours. */
  onInternalError?: (operation: string, error: unknown) => void
}

type AnyHandler = (input: unknown, call: Call) => unknown

/** Checks handlers against the contract once, then serves any number of wires. */
export function createServer<C extends Contract>(contract: C, handlers: Handlers<C>, options: ServeOptions = {}) {
  const table = new Map<string, { operation: Operation; handler: AnyHandler }>()
  const given = handlers as Record<string, Record<string, AnyHandler | undefined> | undefined>
  for (const [feature, verbs] of Object.entries(contract)) {
    for (const [verb, operation] of Object.entries(verbs)) {
      const handler = given[feature]?.[verb]
      if (!handler) throw new Error(`No handler for ${feature}.${verb}`)
      table.set(`${feature}.${verb}`, { operation, handler })
    }
  }
  for (const [feature, verbs] of Object.entries(given)) {
    for (const verb of Object.keys(verbs ?? {})) {
      if (!table.has(`${feature}.${verb}`)) throw new Error(`A handler without an operation: ${feature}.${verb}`)
    }
  }

  /** Answers calls on this wire until it closes. */
  return function serve(wire: Wire): void {
    const running = new Map<number, AbortController>()
    wire.onClose(() => {
      for (const abort of running.values()) abort.abort()
    })
    wire.onMessage((raw) => {
      const parsed = wireMessage.safeParse(raw)
      if (!parsed.success) return
      const message = parsed.data
      if (message.kind === 'cancel') running.get(message.id)?.abort()
      if (message.kind === 'call' && !running.has(message.id)) void answer(message.id, message.operation, message.input)
    })

    async function answer(id: number, name: string, rawInput: unknown): Promise<void> {
      const abort = new AbortController()
      running.set(id, abort)
      try {
        const entry = table.get(name)
        if (!entry) throw new ApiError('not-found', `This workstation does not know the operation ${name}.`)
        const { operation, handler } = entry
        const input = operation.input.safeParse(rawInput)
        if (!input.success) throw invalidInput(input.error.issues)
        options.onCall?.(name, operation.audit)
        const result = handler(input.data, { signal: abort.signal })
        if (operation.kind === 'stream') {
          for await (const item of result as AsyncIterable<unknown>) {
            if (abort.signal.aborted) break
            wire.send({ kind: 'item', id, output: operation.output.parse(item) })
          }
          wire.send({ kind: 'end', id })
        } else {
          wire.send({ kind: 'result', id, output: operation.output.parse(await result) })
        }
      } catch (error) {
        wire.send({ kind: 'error', id, error: failure(name, error, abort.signal) })
      } finally {
        running.delete(id)
      }
    }

    function failure(name: string, error: unknown, signal: AbortSignal) {
      if (error instanceof ApiError) {
        const { code, message, status, field } = error
        return { code, message, ...(status === undefined ? {} : { status }), ...(field === undefined ? {} : { field }) }
      }
      if (signal.aborted) return { code: 'cancelled' as const, message: 'Stopped.' }
      options.onInternalError?.(name, error)
      return {
        code: 'internal' as const,
        message: 'Something went wrong inside the workstation. The log has the details.',
      }
    }
  }
}

function invalidInput(issues: readonly { path: PropertyKey[]; message: string }[]): ApiError {
  const [first] = issues
  const field = first?.path.map(String).join('.')
  return new ApiError('invalid-input', first?.message ?? 'The input is not valid.', field ? { field } : {})
}
