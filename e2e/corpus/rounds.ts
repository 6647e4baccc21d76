import { join } from 'node:path'
import type { ManifestRow } from './manifest.ts'
import { sopInstanceUidIn } from './sopInstanceUid.ts'

export interface CorpusRow extends ManifestRow {
  /** Absolute path. */
  file: string
  sopInstanceUID: string | undefined
  /** Rows of one round share no SOP Instance UID: they live together in one archive. */
  round: number
}

/** The corpus is gone through from two ends at once: the even rounds, and the odd ones. */
export const HALVES = [0, 1]

/**
 * Deals the rows into as few archives as the shared UIDs allow, in the order of the rounds; nearly all fit into the
 * first, which is cut in two. A row without a UID of its own is found again only as the one instance of its archive.
 */
export function dealRounds(folder: string, rows: ManifestRow[]): CorpusRow[] {
  const taken: Set<string>[] = []
  const dealt = rows.map((row) => {
    const file = join(folder, row.path)
    const sopInstanceUID = sopInstanceUidIn(file, row.transfer_syntax_uid)
    if (row.expected === 'must be rejected with clear error') return { ...row, file, sopInstanceUID, round: 0 }
    let round = taken.findIndex((uids) => sopInstanceUID !== undefined && uids.size > 0 && !uids.has(sopInstanceUID))
    if (round < 0) round = taken.push(new Set()) - 1
    if (sopInstanceUID !== undefined) taken[round]?.add(sopInstanceUID)
    return { ...row, file, sopInstanceUID, round }
  })
  const halved = dealt.map((row, at) => ({ ...row, round: row.round === 0 ? at % HALVES.length : row.round + 1 }))
  return halved.sort((a, b) => a.round - b.round)
}
