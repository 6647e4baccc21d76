import { create } from 'zustand'
import { ApiError } from '#shared/contract/errors.ts'
import { client } from '../../api/client.ts'

interface Relocation {
  running: { done: number; total: number } | undefined
  message: string
  start(folder: string, how: 'move' | 'start-new'): Promise<void>
  cancel(): void
}

let stop: AbortController | undefined

/** Goes on while another page is shown. */
export const useRelocation = create<Relocation>((set, get) => ({
  running: undefined,
  message: '',
  start: async (folder, how) => {
    if (get().running) return
    stop = new AbortController()
    set({ running: { done: 0, total: 0 }, message: '' })
    const done =
      how === 'move'
        ? 'The archive has moved.'
        : 'New images go to the new folder; those that were here stay where they are.'
    try {
      for await (const { done, total } of client.settings.relocate({ folder, how }, { signal: stop.signal }))
        set({ running: { done, total } })
      set({ message: done })
    } catch (error) {
      const isStopped = error instanceof ApiError && error.code === 'cancelled'
      const why = error instanceof ApiError ? error.message : 'The archive could not be moved.'
      set({ message: isStopped ? 'Stopped. The archive stays where it was.' : why })
    } finally {
      set({ running: undefined })
    }
  },
  cancel: () => stop?.abort(),
}))
