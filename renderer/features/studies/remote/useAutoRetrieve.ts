import { useEffect, useRef } from 'react'
import type { RemoteRow } from './remoteRows.ts'
import { retrieve, retrieveKey } from './retrieve.ts'

/** Who walks through the list with the arrow keys does not mean each study on the way. */
const REST_MS = 700

/** R027: the study that stays selected is fetched, once. */
export function useAutoRetrieve(row: RemoteRow | undefined): void {
  const latest = useRef(row)
  latest.current = row
  const key = row && retrieveKey(row)
  useEffect(() => {
    if (key === undefined) return
    const timer = setTimeout(() => {
      if (latest.current) void retrieve([latest.current])
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [key])
}
