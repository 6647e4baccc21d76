import { useCallback, useEffect, useState } from 'react'
import type { ApiError } from '#shared/contract/errors.ts'
import type { Board } from '#shared/contract/worklist.ts'
import { client } from '../../api/client.ts'
import { useStream } from '../../api/useStream.ts'
import type { Span } from './span.ts'

const TEXT_MAX = 64

interface Wanted extends Span {
  text: string
  modalities: readonly string[]
  station: string
}

/**
 * The board of some days, as it changes; the old one stays until the new one is there. Where there are more requests than
 * come along, the host looks through all of them, else the page does by itself.
 */
export function useBoard({ from, to, text, modalities, station }: Wanted) {
  const [board, setBoard] = useState<Board>()
  const [large, setLarge] = useState('')
  const days = `${from} ${to}`
  const isLarge = large === days
  const words = isLarge ? text.slice(0, TEXT_MAX) : ''
  const kinds = isLarge ? modalities.join(' ') : ''
  const device = isLarge ? station : ''
  const open = useCallback(
    (signal: AbortSignal) => {
      const among = { text: words, modalities: kinds === '' ? [] : kinds.split(' '), stationAETitle: device }
      return client.worklist.board({ from, to, ...among }, { signal })
    },
    [from, to, words, kinds, device],
  )
  const error: ApiError | undefined = useStream(open, setBoard)
  useEffect(() => {
    if (board?.truncated) setLarge(days)
  }, [board, days])
  return { board, error }
}
