import { useSyncExternalStore } from 'react'
import { followStream } from './followStream.ts'

export interface SharedStream<State> {
  /** In a component: the state, again after each item. */
  use(): State
  read(): State
  subscribe(listener: () => void): () => void
}

/** From one page to the next the last one who looks leaves before the next one comes. */
const LINGER_MS = 2000

/** One subscription for the whole page, held while anybody looks at it; its state stays when the last one leaves. */
export function sharedStream<Item, State>(
  open: (signal: AbortSignal) => AsyncIterable<Item>,
  initial: State,
  reduce: (state: State, item: Item) => State,
): SharedStream<State> {
  const listeners = new Set<() => void>()
  let state = initial
  let stop: AbortController | undefined
  let leaving: ReturnType<typeof setTimeout> | undefined
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    clearTimeout(leaving)
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
      clearTimeout(leaving)
      if (listeners.size > 0) return
      leaving = setTimeout(() => {
        stop?.abort()
        stop = undefined
      }, LINGER_MS)
    }
  }
  const read = () => state
  return { subscribe, read, use: () => useSyncExternalStore(subscribe, read) }
}
