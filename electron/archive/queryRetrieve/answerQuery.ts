import { setImmediate } from 'node:timers/promises'
import type { Connection } from '../database.ts'
import type { MatchPage, Query, SelectedInstances } from './query.ts'
import type { Candidate } from './subject.ts'
import { walker } from './walk.ts'

/** Others ask the same thread: none waits longer than this for a query of a peer. */
const SLICE_MS = 8
const PAGE = 128

/** Answers the queries and retrieves of peers, a slice of time each, so that a hundred of them share the thread. */
export function queryRetrieve(db: Connection) {
  const { walk, valueFor } = walker(db)

  /** Steps through the candidates; gives the thread away whenever the slice is used up. */
  async function* matchesOf(query: Query, signal: AbortSignal, bare?: 'bare'): AsyncGenerator<Candidate[]> {
    let found: Candidate[] = []
    let until = performance.now() + SLICE_MS
    let steps = 0
    for (const candidate of walk(query, bare)) {
      if (candidate) found.push(candidate)
      steps += 1
      const isLate = steps % 16 === 0 && performance.now() > until
      if (found.length < PAGE && !isLate) continue
      if (found.length > 0) yield found
      found = []
      if (isLate) await setImmediate()
      if (signal.aborted) return
      until = performance.now() + SLICE_MS
    }
    if (found.length > 0) yield found
  }

  return {
    async *query(query: Query, signal: AbortSignal): AsyncGenerator<MatchPage> {
      const values = query.keys.map(({ keyword }) => valueFor(keyword))
      for await (const page of matchesOf(query, signal))
        yield page.map((candidate) => values.map((value) => value(candidate)))
    },

    /** The instances below what the unique keys name. */
    async select(query: Query, signal: AbortSignal): Promise<SelectedInstances> {
      const instanceIds: number[] = []
      const kinds = new Map<string, SelectedInstances['kinds'][number]>()
      for await (const page of matchesOf({ ...query, level: 'IMAGE' }, signal, 'bare')) {
        for (const { instance } of page) {
          if (!instance) continue
          const { instanceId, sopClassUID, transferSyntaxUID } = instance.row
          instanceIds.push(instanceId)
          kinds.set(`${sopClassUID} ${transferSyntaxUID}`, { sopClassUID, transferSyntaxUID })
        }
      }
      return { instanceIds, kinds: [...kinds.values()] }
    },
  }
}
