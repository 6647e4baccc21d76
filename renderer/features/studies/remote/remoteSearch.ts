import { create } from 'zustand'
import { ApiError } from '#shared/contract/errors.ts'
import { client } from '../../../api/client.ts'
import type { StudyFilterInput } from '../filter/toStudyFilter.ts'
import { addItem, askingOf, type RemoteFindings } from './remoteRows.ts'

interface RemoteSearch {
  findings: RemoteFindings
  state: 'idle' | 'running' | 'done' | 'stopped' | 'failed'
  error: string | undefined
  run(serverIds: number[], filter: StudyFilterInput): void
  stop(): void
  reset(): void
}

const nothing = askingOf([])
let current: AbortController | undefined

/** The one search at servers that runs or ran last; its findings stay while other pages are open. */
export const useRemoteSearch = create<RemoteSearch>((set, get) => {
  const search = async (serverIds: number[], filter: StudyFilterInput, signal: AbortSignal) => {
    try {
      for await (const item of client.studies.findRemote({ serverIds, filter }, { signal })) {
        if (signal.aborted) return
        set({ findings: addItem(get().findings, item) })
      }
      if (!signal.aborted) set({ state: 'done' })
    } catch (error) {
      if (signal.aborted) return
      set({ state: 'failed', error: error instanceof ApiError ? error.message : String(error) })
    }
  }
  return {
    findings: nothing,
    state: 'idle',
    error: undefined,
    run: (serverIds, filter) => {
      current?.abort()
      current = new AbortController()
      set({ findings: askingOf(serverIds), state: 'running', error: undefined })
      void search(serverIds, filter, current.signal)
    },
    stop: () => {
      current?.abort()
      if (get().state === 'running') set({ state: 'stopped' })
    },
    reset: () => {
      current?.abort()
      set({ findings: nothing, state: 'idle', error: undefined })
    },
  }
})
