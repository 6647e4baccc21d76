import { useRef } from 'react'
import { create } from 'zustand'
import { ApiError } from '#shared/contract/errors.ts'
import type { PracticeItem, PracticeProgress } from '#shared/contract/practice.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { client } from '../../api/client.ts'

interface Examination {
  key: string
  progress: PracticeProgress | undefined
  /** What went over the wire, in its order. */
  said: readonly string[]
  isRunning: boolean
}

/** It goes on while its window is closed, as a device does when nobody looks. */
const useStore = create<Examination>(() => ({ key: '', progress: undefined, said: [], isRunning: false }))
let stop: AbortController | undefined

export function useExamination() {
  const state = useStore()
  const actions = useRef({ examine: (item: PracticeItem) => void examine(item), stop: () => stop?.abort() })
  return { ...state, ...actions.current }
}

async function examine(item: PracticeItem): Promise<void> {
  if (useStore.getState().isRunning) return
  stop = new AbortController()
  const { signal } = stop
  useStore.setState({ key: item.key, isRunning: true, progress: undefined, said: [] })
  let last: PracticeProgress | undefined
  const end = (sentence: string) => {
    const { said } = useStore.getState()
    const progress = { phase: 'failed', sentence, wire: '', done: last?.done ?? 0, total: last?.total ?? 0 } as const
    useStore.setState({ progress, said: [...said, ...(last ? ['N-SET, DISCONTINUED'] : [])] })
  }
  try {
    for await (const progress of client.practice.examine({ key: item.key }, { signal })) {
      last = progress
      const { said } = useStore.getState()
      useStore.setState({ progress, said: withWords(said, progress) })
    }
    if (signal.aborted) end(STOPPED)
    else if (last?.phase === 'ended')
      useStore.setState({
        progress: {
          ...last,
          sentence: `${formatPersonName(item.patientName)} is examined. Its card on the Front desk opens the images; Studies sends them to the Practice PACS.`,
        },
      })
  } catch (error) {
    if (signal.aborted) end(STOPPED)
    else end(error instanceof ApiError ? error.message : String(error))
  }
  useStore.setState({ isRunning: false })
}

const STOPPED = 'The device was stopped, and said so. The request needs attention on the Front desk.'

/** Forty C-STORE are one line that counts. */
function withWords(said: readonly string[], { wire, done, total }: PracticeProgress): readonly string[] {
  if (wire === '') return said
  if (wire !== 'C-STORE') return [...said, wire]
  return [...said.filter((line) => !line.startsWith(wire)), `${wire}, ${done} of ${total}`]
}
