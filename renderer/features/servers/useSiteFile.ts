import { useEffect, useRef } from 'react'
import type { ServerRow } from '#shared/contract/servers.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'

/** R020: the administrator's file; asked again whenever the list changes, as it does when the file is read anew. */
export function useSiteFile(servers: readonly ServerRow[]) {
  const { data, refetch } = useQueryOperation('servers', 'site', {})
  const seen = useRef(servers)
  useEffect(() => {
    if (seen.current !== servers) void refetch()
    seen.current = servers
  }, [servers, refetch])
  return data
}
