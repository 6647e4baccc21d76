import type { TransferRow } from '#shared/contract/transfers.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'

/** What is moved, beside whose it is: two studies of one patient are told apart by it. By study id. */
export function useStudyNotes(transfers: readonly TransferRow[]): ReadonlyMap<number, string> {
  const studyIds = [...new Set(transfers.flatMap((row) => (row.studyIds.length === 1 ? row.studyIds : [])))]
  const { data } = useQueryOperation(
    'studies',
    'get',
    { studyIds: studyIds.slice(0, 10_000) },
    { enabled: studyIds.length > 0, keepPrevious: true },
  )
  return new Map(
    data?.map((row) => [row.studyId, [row.description, row.modalities.join(', ')].filter(Boolean).join(', ')]),
  )
}

export function noteOf({ studyIds }: TransferRow, notes: ReadonlyMap<number, string>): string | undefined {
  const [only] = studyIds
  return studyIds.length === 1 && only !== undefined ? notes.get(only) : undefined
}
