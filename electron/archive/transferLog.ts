import type { TransferItem } from '#shared/contract/transfers.ts'
import type { KeptTransfer, TransferRetention } from './archiveApi.ts'
import { type Connection, prepare } from './database.ts'

/** So many a transaction: nothing else waits long for the writer. */
const PRUNED_AT_ONCE = 50

/** Transfers as they are kept over restarts. Writes are within the caller's transaction. */
export function transferLog(db: Connection) {
  const save = prepare(
    db,
    `INSERT INTO transfers (transfer_id, started_at, transfer) VALUES (?, ?, ?)
     ON CONFLICT (transfer_id) DO UPDATE SET started_at = excluded.started_at, transfer = excluded.transfer`,
  )
  const saveItem = prepare(
    db,
    `INSERT INTO transfer_items (transfer_id, item_key, state, status, note, proof) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (transfer_id, item_key) DO UPDATE SET state = excluded.state, status = excluded.status,
       note = excluded.note, proof = excluded.proof`,
  )
  const linked = prepare(db, 'SELECT 1 FROM sent_studies WHERE transfer_id = ? LIMIT 1')
  const link = prepare(db, 'INSERT OR IGNORE INTO sent_studies (study_id, transfer_id) VALUES (?, ?)')
  const remove = prepare(db, 'DELETE FROM transfers WHERE transfer_id = ?')
  const removeItems = prepare(db, 'DELETE FROM transfer_items WHERE transfer_id = ?')
  const markPruned = prepare(db, 'UPDATE transfers SET items_pruned = 1 WHERE transfer_id = ?')
  const old = prepare<{ id: string }>(
    db,
    `SELECT transfer_id AS id FROM transfers WHERE started_at < ? AND ended_at IS NOT NULL
     ORDER BY started_at LIMIT ${PRUNED_AT_ONCE}`,
  )
  const countFrom = prepare<{ startedAt: number }>(
    db,
    'SELECT started_at AS startedAt FROM transfers ORDER BY started_at DESC LIMIT 1 OFFSET ?',
  )
  const withItems = prepare<{ id: string }>(
    db,
    `SELECT transfer_id AS id FROM transfers WHERE items_pruned = 0 AND state = 'done' AND started_at < ?
     ORDER BY started_at LIMIT ${PRUNED_AT_ONCE}`,
  )
  return {
    save(batch: { row: KeptTransfer; items: TransferItem[] }[]): void {
      for (const { row, items } of batch) {
        const { transferId, startedAt, kind, studyIds } = row
        save.run(transferId, Math.trunc(startedAt), JSON.stringify(row))
        for (const { key, state, status, note, proof } of items)
          saveItem.run(transferId, key, state, status, note, proof ?? '')
        if (kind === 'send' && !linked.get(transferId)) for (const studyId of studyIds) link.run(studyId, transferId)
      }
    },
    remove(transferIds: string[]): void {
      for (const transferId of transferIds) remove.run(transferId)
    },
    prune({ keepSinceMs, keepItemsSinceMs, keepCount }: TransferRetention): { more: boolean } {
      const oldestKept = countFrom.get(Math.max(0, keepCount - 1))?.startedAt ?? 0
      const gone = old.all(Math.max(Math.trunc(keepSinceMs), oldestKept))
      for (const { id } of gone) remove.run(id)
      const bare = withItems.all(Math.trunc(keepItemsSinceMs))
      for (const { id } of bare) {
        removeItems.run(id)
        markPruned.run(id)
      }
      return { more: gone.length === PRUNED_AT_ONCE || bare.length === PRUNED_AT_ONCE }
    },
  }
}
