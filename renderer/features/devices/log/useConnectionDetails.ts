import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { AssociationDetails, AssociationRow } from '#shared/contract/associations.ts'
import type { ApiError } from '#shared/contract/errors.ts'
import { callQuery } from '../../../api/useQueryOperation.ts'

/** Asked again when the row has changed: it ended, or was refused once more. */
export function useConnectionDetails(row: AssociationRow): UseQueryResult<AssociationDetails, ApiError> {
  const { associationId, state, times } = row
  return useQuery<AssociationDetails, ApiError>({
    queryKey: ['associations', 'details', associationId, state, times],
    queryFn: ({ signal }) => callQuery('associations', 'details', { associationId }, signal),
    placeholderData: (previous) => previous,
    gcTime: 0,
  })
}
