import { useCallback, useEffect, useState } from 'react'
import type { RemoteItem } from '#shared/contract/worklist.ts'
import { useServers } from '../../api/workstation.ts'
import { askWorklists } from './askWorklist.ts'
import type { Span } from './span.ts'

export interface RemoteItems {
  items: readonly RemoteItem[]
  asking: boolean
  /** A sentence for each server that did not answer. */
  problems: readonly string[]
  /** Those that have a worklist. */
  serverIds: readonly number[]
  ask: () => void
}

const EVERY_MS = 60_000
const nothing = { days: '', items: [], problems: [] }

/** The worklists of all servers that have one, for some days: asked at once, every minute and when a person says so. */
export function useRemoteItems({ from, to }: Span): RemoteItems {
  const ids = (useServers() ?? [])
    .filter(({ worklistAETitle }) => worklistAETitle !== '')
    .map(({ serverId }) => serverId)
    .join(' ')
  const [found, setFound] = useState<{ days: string; items: RemoteItem[]; problems: string[] }>(nothing)
  const [asking, setAsking] = useState(false)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    // A new turn asks again, though nothing else has changed.
    void turn
    const serverIds = ids === '' ? [] : ids.split(' ').map(Number)
    const stop = new AbortController()
    const askAll = async () => {
      setAsking(serverIds.length > 0)
      const answer = await askWorklists(serverIds, { from, to }, stop.signal)
      if (stop.signal.aborted) return
      setAsking(false)
      setFound({ days: `${from} ${to}`, ...answer })
    }
    void askAll()
    const timer = setInterval(() => void askAll(), EVERY_MS)
    return () => {
      clearInterval(timer)
      stop.abort()
    }
  }, [ids, from, to, turn])
  const ask = useCallback(() => setTurn((before) => before + 1), [])
  // What was asked for another day does not stand under this one while its answer is on the way.
  const { items, problems } = found.days === `${from} ${to}` ? found : nothing
  return { items, problems, asking, serverIds: ids === '' ? [] : ids.split(' ').map(Number), ask }
}
