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

/**
 * Deals the rows into as few archives as the shared UIDs allow, in the order of the rounds. A row without a UID of its
 * own is found again only as the one instance of its archive.
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
  return dealt.sort((a, b) => a.round - b.round)
}
