import { useEffect } from 'react'
import { client } from '../../api/client.ts'

/** They are put up first: nothing else goes to the disk meanwhile. */
const LOOKED_AT_MS = 1000

/** A person looks at these studies, wherever they were opened from: lists show it, and rules may fetch what belongs to them. */
export function useOpened(studyIds: readonly number[]): void {
  const ids = studyIds.join()
  useEffect(() => {
    if (ids === '') return
    const timer = setTimeout(() => {
      for (const id of ids.split(',')) client.studies.markOpened({ studyId: Number(id) }).catch(() => {})
    }, LOOKED_AT_MS)
    return () => clearTimeout(timer)
  }, [ids])
}
