import { useEffect, useRef } from 'react'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { useStatus } from '../../api/workstation.ts'

/** Whether devices can reach us; asked again when what listens, or an address, becomes another. */
export function useReach() {
  const status = useStatus()
  const query = useQueryOperation('devices', 'reach', {})
  const now = status ? JSON.stringify([status.listening, status.addresses]) : undefined
  const asked = useRef(now)
  const { refetch } = query
  useEffect(() => {
    if (asked.current !== undefined && asked.current !== now) void refetch()
    asked.current = now
  }, [now, refetch])
  return query
}
