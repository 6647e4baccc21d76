import { create } from 'zustand'
import type { StudyColumn } from '#shared/contract/studies.ts'
import type { DatePreset, DateRange } from './datePresets.ts'

/** Where studies are looked for. */
export type Source =
  | { kind: 'local' }
  | { kind: 'trash' }
  | { kind: 'server'; serverId: number }
  | { kind: 'all-servers' }

/** One field each of the filter, beyond the search box. */
export const extraFields = [
  'patientName',
  'patientId',
  'birthDate',
  'owner',
  'species',
  'accessionNumber',
  'description',
] as const
export type ExtraField = (typeof extraFields)[number]

export interface Criteria {
  text: string
  datePreset: DatePreset
  range: DateRange
  modalities: readonly string[]
  extra: Partial<Record<ExtraField, string>>
}

export interface Sort {
  column: StudyColumn
  descending: boolean
}

interface BrowserState {
  source: Source
  criteria: Criteria
  sort: Sort
  setSource(source: Source): void
  change(criteria: Partial<Criteria>): void
  clear(): void
  setSort(sort: Sort): void
}

const nothing: Criteria = { text: '', datePreset: 'all', range: {}, modalities: [], extra: {} }

/** What the studies page shows; kept while other pages are open. */
export const useBrowser = create<BrowserState>((set) => ({
  source: { kind: 'local' },
  criteria: nothing,
  sort: { column: 'studyDate', descending: true },
  setSource: (source) => set({ source }),
  change: (criteria) => set((state) => ({ criteria: { ...state.criteria, ...criteria } })),
  clear: () => set({ criteria: nothing }),
  setSort: (sort) => set({ sort }),
}))
