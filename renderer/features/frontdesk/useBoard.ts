import { useCallback, useState } from 'react'
import type { ApiError } from '#shared/contract/errors.ts'
import type { Board } from '#shared/contract/worklist.ts'
import { client } from '../../api/client.ts'
import { useStream } from '../../api/useStream.ts'
import type { Span } from './span.ts'

/** The board of some days, as it changes; the old one stays until the new one is there. */
export function useBoard({ from, to }: Span): { board: Board | undefined; error: ApiError | undefined } {
  const [board, setBoard] = useState<Board>()
  const open = useCallback((signal: AbortSignal) => client.worklist.board({ from, to }, { signal }), [from, to])
  const error = useStream(open, setBoard)
  return { board, error }
}
