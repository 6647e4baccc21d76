import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ApiError } from '#shared/contract/errors.ts'
import type { QuarantinedInstance } from '#shared/contract/quarantine.ts'
import { callQuery } from '../../api/useQueryOperation.ts'

const REFRESH_MS = 5000
export const quarantineKey = ['quarantine', 'list'] as const

export type QuarantineList = { total: number; rows: QuarantinedInstance[] }

/** What stands apart, the latest first; looked at again while the page is open, since it comes with what devices send. */
export function useQuarantine(): UseQueryResult<QuarantineList, ApiError> {
  return useQuery<QuarantineList, ApiError>({
    queryKey: quarantineKey,
    queryFn: ({ signal }) => callQuery('quarantine', 'list', {}, signal),
    placeholderData: (previous) => previous,
    refetchInterval: REFRESH_MS,
  })
}
