import { z } from 'zod'
import { apiErrorShape } from './errors.ts'

/** Carries messages between the two halves of the program: a MessagePort, a WebSocket, or a pair in memory. */
export interface Wire {
  send(message: WireMessage): void
  onMessage(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
  close(): void
}

export const wireMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id: z.number().int(), operation: z.string().max(100), input: z.unknown() }),
  z.object({ kind: z.literal('cancel'), id: z.number().int() }),
  z.object({ kind: z.literal('result'), id: z.number().int(), output: z.unknown() }),
  z.object({ kind: z.literal('item'), id: z.number().int(), output: z.unknown() }),
  z.object({ kind: z.literal('end'), id: z.number().int() }),
  z.object({ kind: z.literal('error'), id: z.number().int(), error: apiErrorShape }),
])
export type WireMessage = z.infer<typeof wireMessage>

/** Two ends in one process. Messages are copied, as a real wire would. */
export function memoryWires(): [Wire, Wire] {
  const ends = [end(), end()] as const
  function end() {
    return { messages: new Set<(message: unknown) => void>(), closes: new Set<() => void>() }
  }
  let open = true
  const close = () => {
    if (!open) return
    open = false
    for (const { closes } of ends) for (const listener of closes) listener()
  }
  const wire = (own: 0 | 1, other: 0 | 1): Wire => ({
    send: (message) => {
      if (!open) return
      const copy: unknown = JSON.parse(JSON.stringify(message))
      void Promise.resolve().then(() => {
        for (const listener of ends[other].messages) listener(copy)
      })
    },
    onMessage: (listener) => void ends[own].messages.add(listener),
    onClose: (listener) => void ends[own].closes.add(listener),
    close,
  })
  return [wire(0, 1), wire(1, 0)]
}
