import { useSyncExternalStore } from 'react'
import { followStream } from './followStream.ts'

export interface SharedStream<State> {
  /** In a component: the state, again after each item. */
  use(): State
  read(): State
  subscribe(listener: () => void): () => void
}

/** One subscription for the whole page, held while anybody looks at it; its state stays when the last one leaves. */
export function sharedStream<Item, State>(
  open: (signal: AbortSignal) => AsyncIterable<Item>,
  initial: State,
  reduce: (state: State, item: Item) => State,
): SharedStream<State> {
  const listeners = new Set<() => void>()
  let state = initial
  let stop: AbortController | undefined
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    if (!stop) {
      stop = new AbortController()
      void followStream(
        open,
        (item) => {
          state = reduce(state, item)
          for (const each of listeners) each()
        },
        stop.signal,
      )
    }
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0) return
      stop?.abort()
      stop = undefined
    }
  }
  const read = () => state
  return { subscribe, read, use: () => useSyncExternalStore(subscribe, read) }
}
