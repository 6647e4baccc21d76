import type { TransferItem, TransferPage } from '#shared/contract/transfers.ts'
import type { KeptTransfer } from './archiveApi.ts'
import { type Connection, prepare } from './database.ts'

interface Kept {
  transfer: string
}

type KeptItem = Required<Pick<TransferItem, 'key' | 'state' | 'status' | 'note'>> & { proof: string }

/** The transfers that are kept, without reading all of them. */
export function transferHistory(db: Connection) {
  const newest = prepare<Kept>(db, 'SELECT transfer FROM transfers ORDER BY started_at DESC, transfer_id DESC LIMIT ?')
  const open = prepare<Kept>(
    db,
    `SELECT transfer FROM transfers INDEXED BY transfers_open WHERE ended_at IS NULL
     UNION SELECT transfer FROM transfers INDEXED BY transfers_counting WHERE proof_state = 'counting'`,
  )
  const older = (condition: string) =>
    prepare<Kept>(
      db,
      `SELECT transfer FROM transfers WHERE ${condition} AND (started_at, transfer_id) < (?, ?)
       ORDER BY started_at DESC, transfer_id DESC LIMIT ?`,
    )
  const olderOfAll = older('1')
  const olderOfKind = older('kind = ?')
  const one = prepare<Kept>(db, 'SELECT transfer FROM transfers WHERE transfer_id = ?')
  const sends = prepare<Kept>(
    db,
    `SELECT transfer FROM sent_studies JOIN transfers USING (transfer_id) WHERE study_id = ?
     ORDER BY started_at DESC LIMIT 50`,
  )
  const items = prepare<KeptItem>(
    db,
    'SELECT item_key AS key, state, status, note, proof FROM transfer_items WHERE transfer_id = ? ORDER BY item_id',
  )
  const read = ({ transfer }: Kept) => JSON.parse(transfer) as KeptTransfer
  return {
    list(limit: number): KeptTransfer[] {
      const rows = new Map<string, KeptTransfer>()
      for (const row of [...newest.all(limit), ...open.all()].map(read)) rows.set(row.transferId, row)
      return [...rows.values()].toSorted((a, b) => b.startedAt - a.startedAt)
    },
    page({ before, kind, limit }: TransferPage): KeptTransfer[] {
      const from = [before?.startedAt ?? Number.MAX_SAFE_INTEGER, before?.transferId ?? '', limit]
      return (kind === undefined ? olderOfAll.all(...from) : olderOfKind.all(kind, ...from)).map(read)
    },
    one(transferId: string): KeptTransfer | undefined {
      const kept = one.get(transferId)
      return kept && read(kept)
    },
    sendsOf(studyIds: number[]): KeptTransfer[] {
      const rows = new Map<string, KeptTransfer>()
      for (const studyId of studyIds) for (const row of sends.all(studyId).map(read)) rows.set(row.transferId, row)
      return [...rows.values()].toSorted((a, b) => b.startedAt - a.startedAt)
    },
    items: (transferId: string): TransferItem[] =>
      items.all(transferId).map(({ proof, ...item }) => ({ ...item, ...proofOf(proof) })),
  }
}

function proofOf(proof: string): Pick<TransferItem, 'proof'> {
  return proof === 'there' || proof === 'missing' ? { proof } : {}
}
