import Database from 'better-sqlite3'
import type { Connection } from './database.ts'

/**
 * What no image tells: requests, what became of them, what practice management sent, the clinic's own catalogue; transfers
 * on their way and their history, how far rules have looked, what was said of studies. Those that others point to first.
 */
const TABLES = [
  ...['orders', 'performed_steps', 'performed_step_instances', 'step_reports', 'procedures', 'inputs'],
  ...['transfers', 'transfer_items', 'sent_studies', 'commitment_transactions', 'commitments'],
  ...['rule_progress', 'rule_firings', 'expected_instances', 'associations', 'caller_days', 'sent_contents'],
]

/** Copies from an index that was set aside, into one just made, as far as it can be read. Answers how many rows came. */
export function bringOver(db: Connection, aside: string): number {
  let brought = 0
  for (const table of TABLES) {
    try {
      brought += copyTable(db, aside, table)
    } catch {
      // damaged there, or older than the table: the others come all the same
    }
  }
  return brought
}

/** What comes before a damaged page is kept. */
function copyTable(db: Connection, aside: string, table: string): number {
  const from = new Database(aside, { readonly: true })
  try {
    const columns = columnsOf(from, table)
    const names = columns.join(', ')
    const insert = db.prepare(
      `INSERT OR REPLACE INTO ${table} (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
    )
    let copied = 0
    db.transaction(() => {
      const rows = from.prepare(`SELECT ${names} FROM ${table}`).iterate() as IterableIterator<Record<string, unknown>>
      try {
        for (const row of rows) {
          // the catalogue of a new index is the one that the program ships
          if (copied === 0) db.prepare(`DELETE FROM ${table}`).run()
          insert.run(...columns.map((column) => row[column]))
          copied += 1
        }
      } catch (error) {
        if (!isDamage(error)) throw error
      }
    })()
    return copied
  } finally {
    from.close()
  }
}

/** Without those that are made out of others. */
function columnsOf(from: Connection, table: string): string[] {
  return (from.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name)
}

function isDamage(error: unknown): boolean {
  const { code = '' } = error as { code?: string }
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_IOERR')
}
