import { useCallback, useState } from 'react'
import type { AssociationDirection, AssociationKind, AssociationRow } from '#shared/contract/associations.ts'
import type { ApiError } from '#shared/contract/errors.ts'
import { client } from '../../../api/client.ts'
import { useStream } from '../../../api/useStream.ts'
import { showFailure } from '../../../app/showFailure.ts'

const PAGE = 50

export interface ConnectionFilter {
  kind: AssociationKind
  direction: AssociationDirection
  text: string
}

export interface Connections {
  /** Undefined until the first answer. */
  rows: readonly AssociationRow[] | undefined
  hasMore: boolean
  error: ApiError | undefined
  /** One more page of older ones; those that come in go on appearing above. */
  showOlder(): Promise<void>
}

/** The newest connections as they come, and older ones when asked for. */
export function useConnections({ kind, direction, text }: ConnectionFilter): Connections {
  const key = `${kind} ${direction} ${text}`
  const [newest, setNewest] = useState<{ key: string; rows: AssociationRow[]; more: boolean }>()
  const [older, setOlder] = useState<{ key: string; rows: AssociationRow[]; more: boolean }>()
  const open = useCallback(
    (signal: AbortSignal) => client.associations.watch({ kind, direction, text, limit: PAGE }, { signal }),
    [kind, direction, text],
  )
  const error = useStream(open, ({ rows, more }) => setNewest({ key, rows, more }))
  const first = newest?.key === key ? newest : undefined
  const behind = older?.key === key ? older : undefined
  const rows = first && joined(first.rows, behind?.rows ?? [])
  const showOlder = async () => {
    const last = rows?.at(-1)
    if (!last) return
    const before = { startedAt: last.startedAt, associationId: last.associationId }
    try {
      const page = await client.associations.list({ kind, direction, text, before, limit: PAGE })
      // What is on the page now stays on it when newer ones push it out of the first page.
      setOlder({ key, rows: joined(rows ?? [], page.rows), more: page.next !== null })
    } catch (failure) {
      showFailure(failure)
    }
  }
  return { rows, hasMore: behind ? behind.more : (first?.more ?? false), error, showOlder }
}

function joined(first: readonly AssociationRow[], rest: readonly AssociationRow[]): AssociationRow[] {
  const known = new Set(first.map(({ associationId }) => associationId))
  return [...first, ...rest.filter(({ associationId }) => !known.has(associationId))]
}
