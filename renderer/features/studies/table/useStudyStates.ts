import { useEffect, useMemo, useRef } from 'react'
import type { StudyState } from '#shared/contract/studies.ts'
import { queryClient } from '../../../api/queryClient.ts'
import { useStudyChanges } from '../../../api/studyChanges.ts'
import { useQueryOperation } from '../../../api/useQueryOperation.ts'

const ASKED_MAX = 1000
const REFRESH_MS = 1000

/** Whether these studies are whole, as far as anybody said. */
export function useStudyStates(studyIds: readonly number[]): ReadonlyMap<number, StudyState> {
  const { data } = useQueryOperation(
    'studies',
    'states',
    { studyIds: studyIds.slice(0, ASKED_MAX) },
    { enabled: studyIds.length > 0, keepPrevious: true },
  )
  return useMemo(() => new Map(data?.map((state) => [state.studyId, state])), [data])
}

/** Where no list of studies does so: asks again when studies change, at most once a second. */
export function useFreshStates(): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useStudyChanges(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      void queryClient.invalidateQueries({ queryKey: ['studies', 'states'] })
    }, REFRESH_MS)
  })
  useEffect(() => () => clearTimeout(timer.current), [])
}
