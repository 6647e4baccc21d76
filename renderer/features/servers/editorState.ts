import { create } from 'zustand'
import type { DiagnosisOptions, DiagnosisRun } from '#shared/contract/diagnosis.ts'
import type { ServerFields, ServerRow } from '#shared/contract/servers.ts'
import { changedFields, type Draft, draftOf, type FieldName } from './fields.ts'

interface TestRun {
  running: AbortController | undefined
  startedAt: number
  run: DiagnosisRun | undefined
  /** What was tested: a result says nothing of other values. */
  fields: ServerFields
}

interface EditorState {
  selectedId: number | undefined
  /** Only while it differs from what is saved. */
  draft: Draft | undefined
  /** Of the row that the draft began with: another window may save meanwhile. */
  draftRevision: number
  /** Typed for the selected server and not kept yet; it leaves this window only to be kept, or to be tried. */
  restSecret: string
  tests: Readonly<Record<number, TestRun>>
  options: DiagnosisOptions
  /** What waits until a person has decided about unsaved edits. */
  pending: (() => void) | undefined
  select(serverId: number | undefined): void
  change(row: ServerRow, change: Partial<Draft>): void
  discard(): void
  /** It is saved; the list will bring it in a moment. */
  settle(saved: Draft): void
  /** The list brought a row: a draft that says the same is none. */
  meet(row: ServerRow): void
  setRestSecret(restSecret: string): void
  setTest(serverId: number, run: TestRun): void
  setOptions(change: Partial<DiagnosisOptions>): void
  /** Runs at once when nothing is unsaved, else asks first. Returns whether it asked. */
  proceed(action: () => void): boolean
  cancelPending(): void
}

export const useEditor = create<EditorState>((set, get) => ({
  selectedId: undefined,
  draft: undefined,
  draftRevision: 0,
  restSecret: '',
  tests: {},
  options: { testImage: false, rehearseRetrieve: true, internet: false },
  pending: undefined,
  select: (selectedId) => set({ selectedId, draft: undefined, pending: undefined, restSecret: '' }),
  change: (row, change) => {
    const draft = { ...(get().draft ?? draftOf(row)), ...change }
    const { draft: known, draftRevision } = get()
    const isChanged = changedFields(draft, row).length > 0
    set({ draft: isChanged ? draft : undefined, draftRevision: known ? draftRevision : row.revision })
  },
  discard: () => set({ draft: undefined, pending: undefined }),
  settle: (draft) => set({ draft }),
  meet: (row) => {
    const { draft } = get()
    if (draft && changedFields(draft, row).length === 0) set({ draft: undefined })
  },
  setRestSecret: (restSecret) => set({ restSecret }),
  setTest: (serverId, run) => set((state) => ({ tests: { ...state.tests, [serverId]: run } })),
  setOptions: (change) => set((state) => ({ options: { ...state.options, ...change } })),
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
const sent: readonly FieldName[] = [
  ...(['aeTitle', 'host', 'port', 'tls', 'verifyCertificate'] as const),
  ...(['trust', 'pinnedCertificate', 'expectedName', 'clientCertificate'] as const),
  ...(['restOn', 'restUrl', 'restKind', 'restAuthentication', 'restUser', 'restTrust'] as const),
  ...(['restPinnedCertificate', 'restClientCertificate', 'restQuery', 'restRetrieve', 'restSend'] as const),
]

export type Tested = 'saved' | 'unsaved' | 'other values'

/** Which values a result speaks of: those that are saved, those in the editor, or ones that no longer stand there. */
export function testedValues(tested: ServerFields | undefined, draft: Draft | undefined, row: ServerRow): Tested {
  const differ = (one: Draft | ServerFields, other: Draft | ServerFields) =>
    sent.some((name) => one[name] !== other[name])
  // A test of an earlier day is kept with its server until the server's values change.
  const values = tested ?? row
  if (differ(values, draft ?? row)) return 'other values'
  return differ(values, row) ? 'unsaved' : 'saved'
}
