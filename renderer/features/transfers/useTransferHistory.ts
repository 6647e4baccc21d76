import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { TransferRow } from '#shared/contract/transfers.ts'
import { callQuery } from '../../api/useQueryOperation.ts'
import type { Filter } from './listRows.ts'

/** So many of the newest come by themselves; only where there are more is the history asked. */
const LIVE = 900
const PAGE = 200

/** What is known of now, and as much of the history as a person has scrolled to. */
export function useTransferHistory(live: readonly TransferRow[], filter: Filter) {
  const newestFirst = useMemo(
    () => live.filter(({ endedAt }) => endedAt !== null).toSorted((a, b) => b.startedAt - a.startedAt),
    [live],
  )
  const hasMore = newestFirst.length >= LIVE
  const kind = filter === 'all' ? {} : { kind: filter }
  const query = useInfiniteQuery({
    queryKey: ['transfers', 'history', filter],
    queryFn: ({ pageParam, signal }) =>
      callQuery('transfers', 'history', { ...kind, limit: PAGE, ...(pageParam && { before: pageParam }) }, signal),
    initialPageParam: placeOf(newestFirst[LIVE - 1]),
    getNextPageParam: (page) => (page.length < PAGE ? undefined : placeOf(page.at(-1))),
    enabled: hasMore,
  })
  const all = useMemo(() => {
    const rows = new Map((query.data?.pages ?? []).flat().map((row) => [row.transferId, row]))
    for (const row of live) rows.set(row.transferId, row)
    return [...rows.values()]
  }, [live, query.data])
  return {
    all,
    more: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage()
    },
  }
}

function placeOf(row: TransferRow | undefined) {
  return row && { startedAt: row.startedAt, transferId: row.transferId }
}
