import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ApiError } from '#shared/contract/errors.ts'
import type { Selection, SendCheck } from '#shared/contract/transfers.ts'
import { callQuery } from '../../../api/useQueryOperation.ts'

/** Looked at anew each time: images may have come since the last time. */
export function useSendCheck(serverIds: number[], selection: Selection): UseQueryResult<SendCheck, ApiError> {
  return useQuery<SendCheck, ApiError>({
    queryKey: ['transfers', 'check', serverIds, selection],
    queryFn: ({ signal }) => callQuery('transfers', 'check', { serverIds, selection }, signal),
    placeholderData: (previous) => previous,
    staleTime: 0,
    gcTime: 0,
  })
}
