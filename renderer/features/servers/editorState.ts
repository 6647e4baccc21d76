import { create } from 'zustand'
import type { EchoOutcome, ServerRow } from '#shared/contract/servers.ts'
import { changedFields, type Draft, draftOf, type FieldName } from './fields.ts'

interface TestRun {
  running: AbortController | undefined
  startedAt: number
  outcome: EchoOutcome | undefined
  /** The values were those of the editor, not the saved ones. */
  unsaved: boolean
}

interface EditorState {
  selectedId: number | undefined
  /** Only while it differs from what is saved. */
  draft: Draft | undefined
  tests: Readonly<Record<number, TestRun>>
  /** What waits until a person has decided about unsaved edits. */
  pending: (() => void) | undefined
  select(serverId: number | undefined): void
  change(row: ServerRow, change: Partial<Draft>): void
  discard(): void
  setTest(serverId: number, run: TestRun): void
  /** Runs at once when nothing is unsaved, else asks first. Returns whether it asked. */
  proceed(action: () => void): boolean
  cancelPending(): void
}

export const useEditor = create<EditorState>((set, get) => ({
  selectedId: undefined,
  draft: undefined,
  tests: {},
  pending: undefined,
  select: (selectedId) => set({ selectedId, draft: undefined, pending: undefined }),
  change: (row, change) => {
    const draft = { ...(get().draft ?? draftOf(row)), ...change }
    set({ draft: changedFields(draft, row).length > 0 ? draft : undefined })
  },
  discard: () => set({ draft: undefined, pending: undefined }),
  setTest: (serverId, run) => set((state) => ({ tests: { ...state.tests, [serverId]: run } })),
  proceed: (action) => {
    if (get().draft) {
      set({ pending: action })
      return true
    }
    action()
    return false
  },
  cancelPending: () => set({ pending: undefined }),
}))

/** The fields that an echo depends on. */
const sent: readonly FieldName[] = ['aeTitle', 'host', 'port', 'tls', 'verifyCertificate']

export function isTestOfUnsaved(draft: Draft | undefined, row: ServerRow): boolean {
  return draft !== undefined && changedFields(draft, row).some((name) => sent.includes(name))
}
