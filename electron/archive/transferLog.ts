import type { TransferItem } from '#shared/contract/transfers.ts'
import type { KeptTransfer } from './archiveApi.ts'
import { type Connection, prepare } from './database.ts'

/** Transfers as they are kept over restarts. Writes are within the caller's transaction. */
export function transferLog(db: Connection) {
  const save = prepare(
    db,
    `INSERT INTO transfers (transfer_id, started_at, transfer) VALUES (?, ?, ?)
     ON CONFLICT (transfer_id) DO UPDATE SET started_at = excluded.started_at, transfer = excluded.transfer`,
  )
  const saveItem = prepare(
    db,
    `INSERT INTO transfer_items (transfer_id, item_key, state, status, note) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (transfer_id, item_key) DO UPDATE SET state = excluded.state, status = excluded.status, note = excluded.note`,
  )
  const remove = prepare(db, 'DELETE FROM transfers WHERE transfer_id = ?')
  return {
    save(row: KeptTransfer): void {
      save.run(row.transferId, Math.trunc(row.startedAt), JSON.stringify(row))
    },
    saveItems(transferId: string, items: TransferItem[]): void {
      for (const { key, state, status, note } of items) saveItem.run(transferId, key, state, status, note)
    },
    remove(transferIds: string[]): void {
      for (const transferId of transferIds) remove.run(transferId)
    },
  }
}

export function transferHistory(db: Connection) {
  const list = prepare<{ transfer: string }>(
    db,
    'SELECT transfer FROM transfers ORDER BY started_at DESC, transfer_id LIMIT ?',
  )
  const items = prepare<TransferItem>(
    db,
    'SELECT item_key AS key, state, status, note FROM transfer_items WHERE transfer_id = ? ORDER BY item_id',
  )
  return {
    list: (limit: number) => list.all(limit).map(({ transfer }) => JSON.parse(transfer) as KeptTransfer),
    items: (transferId: string) => items.all(transferId),
  }
}
