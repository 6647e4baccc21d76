import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ApiError } from '#shared/contract/errors.ts'
import type { OutputOf } from '#shared/contract/operation.ts'
import type { StudyRow, studies } from '#shared/contract/studies.ts'
import { queryClient } from '../../../api/queryClient.ts'
import { useStudyChanges } from '../../../api/studyChanges.ts'
import { callQuery } from '../../../api/useQueryOperation.ts'
import type { StudyFilterInput } from '../filter/toStudyFilter.ts'
import { dayLayout, flatLayout, type TableLayout, worthGrouping } from './dayLayout.ts'
import { pagesOf } from './pagesOf.ts'

type StudyPage = OutputOf<typeof studies.list>

const PAGE_ROWS = 200
/** Changes come up to ten times a second; the list asks again at most this often. */
const REFRESH_MS = 400
const FLASH_MS = 2000

export interface StudyRows {
  total: number | undefined
  layout: TableLayout
  /** Under headings of days. */
  grouped: boolean
  /** Changes with the filter and the order. */
  question: string
  rowAt(row: number): StudyRow | undefined
  /** A study that is on a loaded page. */
  find(studyId: number): StudyRow | undefined
  showRange(first: number, last: number): void
  /** On the pages that are loaded. */
  loadedIds: readonly number[]
  fresh: ReadonlySet<number>
  error: ApiError | undefined
  retry(): void
}

/** The study list as a window on the archive: only the pages on screen are asked for, and again when something changed. */
export function useStudyRows(filter: StudyFilterInput): StudyRows {
  const [range, setRange] = useState({ first: 0, last: 0 })
  const pages = pagesOf(range.first, range.last, PAGE_ROWS)
  const results = useQueries({
    queries: pages.map((page) => ({
      queryKey: ['studies', 'list', filter, page],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        callQuery(
          'studies',
          'list',
          { ...filter, days: page === 0, offset: page * PAGE_ROWS, limit: PAGE_ROWS },
          signal,
        ),
    })),
  }) as UseQueryResult<StudyPage, ApiError>[]
  // While a new filter is asked for, the old list stays: no flicker while typing.
  const [first] = results
  const held = useRef<{ page: StudyPage; pages: Map<number, StudyPage> } | undefined>(undefined)
  const loaded = new Map(pages.flatMap((page, at) => (results[at]?.data ? [[page, results[at].data] as const] : [])))
  if (first?.data) held.current = { page: first.data, pages: loaded }
  const shown = first?.data ? { page: first.data, pages: loaded } : held.current
  const days = shown?.page.days
  const total = shown?.page.total
  const grouped = days !== undefined && worthGrouping(days)
  const layout = useMemo(() => (days && grouped ? dayLayout(days) : flatLayout(total ?? 0)), [days, grouped, total])
  const showRange = useCallback(
    (from: number, to: number) =>
      setRange((now) => (now.first === from && now.last === to ? now : { first: from, last: to })),
    [],
  )
  const rowAt = (row: number) => shown?.pages.get(Math.floor(row / PAGE_ROWS))?.rows[row % PAGE_ROWS]
  const known = rowsOf(shown?.pages)
  const fresh = useFreshStudies(known)
  const failed = results.find((result) => result.error)
  return {
    total,
    layout,
    grouped,
    question: JSON.stringify(filter),
    rowAt,
    find: (studyId) => known.find((row) => row.studyId === studyId),
    showRange,
    loadedIds: known.map(({ studyId }) => studyId),
    fresh,
    error: failed?.error ?? undefined,
    retry: () => void queryClient.invalidateQueries({ queryKey: ['studies', 'list'] }),
  }
}

/** Asks the visible pages again when studies change; remembers for a moment which of them are new. */
function useFreshStudies(known: readonly StudyRow[]): ReadonlySet<number> {
  const [fresh, setFresh] = useState<ReadonlySet<number>>(new Set())
  const latest = useRef(known)
  latest.current = known
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const hasChanged = useRef(false)
  useStudyChanges((studyIds) => {
    const here = new Set(latest.current.map((row) => row.studyId))
    const added = studyIds.filter((studyId) => !here.has(studyId))
    if (added.length > 0 && studyIds.length < 50) {
      setFresh((now) => new Set([...now, ...added]))
      setTimeout(() => setFresh((now) => new Set([...now].filter((each) => !added.includes(each)))), FLASH_MS)
    }
    hasChanged.current ||= studyIds.length > 0
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      hasChanged.current = false
      void queryClient.invalidateQueries({ queryKey: ['studies'] })
    }, REFRESH_MS)
  })
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
      // Whoever opens a study that just changed does not see it as it was before.
      if (hasChanged.current) void queryClient.invalidateQueries({ queryKey: ['studies'] })
      hasChanged.current = false
    },
    [],
  )
  return fresh
}

function rowsOf(pages: Map<number, StudyPage> | undefined): StudyRow[] {
  return [...(pages?.values() ?? [])].flatMap((page) => page.rows)
}
