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

const STARTED = 'New images go to the new folder; those that were here stay where they are.'

function moved(left: number): string {
  if (left === 0) return 'The archive has moved.'
  const what = left === 1 ? 'one image, whose file is missing' : `${left} images, whose files are missing`
  return `The archive has moved, but for ${what}; they stay listed where they were.`
}

/** Goes on while another page is shown. */
export const useRelocation = create<Relocation>((set, get) => ({
  running: undefined,
  message: '',
  start: async (folder, how) => {
    if (get().running) return
    stop = new AbortController()
    set({ running: { done: 0, total: 0 }, message: '' })
    let left = 0
    try {
      for await (const { done, total } of client.settings.relocate({ folder, how }, { signal: stop.signal })) {
        set({ running: { done, total } })
        left = total - done
      }
      set({ message: how === 'move' ? moved(left) : STARTED })
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
