import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ApiError } from '#shared/contract/errors.ts'
import type { TransferItem, TransferRow } from '#shared/contract/transfers.ts'
import { callQuery } from '../../api/useQueryOperation.ts'

/** A long list is asked for less often. */
const refreshMs = (items: number) => (items > 5000 ? 5000 : 1000)

/** The instances of a transfer, again while it runs and once more when it has ended. */
export function useTransferItems(row: TransferRow): UseQueryResult<TransferItem[], ApiError> {
  const { transferId, endedAt, commitment, proof } = row
  return useQuery<TransferItem[], ApiError>({
    queryKey: ['transfers', 'items', transferId, endedAt ?? 'running', commitment, proof?.checkedAt],
    queryFn: ({ signal }) => callQuery('transfers', 'items', { transferId }, signal),
    placeholderData: (previous) => previous,
    refetchInterval: (query) => (endedAt === null ? refreshMs(query.state.data?.length ?? 0) : false),
    gcTime: 0,
  })
}
