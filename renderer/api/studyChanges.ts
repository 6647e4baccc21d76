import { useEffect, useRef } from 'react'
import type { OutputOf } from '#shared/contract/operation.ts'
import type { studies } from '#shared/contract/studies.ts'
import { client } from './client.ts'
import { sharedStream } from './sharedStream.ts'

type StudyChange = OutputOf<typeof studies.changes>

const changes = sharedStream<StudyChange, StudyChange | undefined>(
  (signal) => client.studies.changes({}, { signal }),
  undefined,
  (_, change) => change,
)

/**
 * Told which studies changed, as it happens: one stream for all of the page, so that nothing is missed from one page to the
 * next. Whoever begins to listen is told at once that anything may have changed, of no study by name; so is everybody
 * after a lost connection.
 */
export function useStudyChanges(onChange: (studyIds: readonly number[]) => void): void {
  const latest = useRef(onChange)
  latest.current = onChange
  useEffect(() => {
    const stop = changes.subscribe(() => latest.current(changes.read()?.studyIds ?? []))
    latest.current([])
    return stop
  }, [])
}
