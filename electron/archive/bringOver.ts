import Database from 'better-sqlite3'
import type { Connection } from './database.ts'

/** What no image tells: requests, what became of them, what practice management sent, the clinic's own catalogue. */
const TABLES = ['orders', 'performed_steps', 'performed_step_instances', 'step_reports', 'procedures', 'inputs']

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

function copyTable(db: Connection, aside: string, table: string): number {
  const from = new Database(aside, { readonly: true })
  try {
    const rows = from.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[]
    const [first] = rows
    if (!first) return 0
    const columns = Object.keys(first)
    const insert = db.prepare(
      `INSERT OR REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    )
    db.transaction(() => {
      // the catalogue of a new index is the one that the program ships
      db.prepare(`DELETE FROM ${table}`).run()
      for (const row of rows) insert.run(...columns.map((column) => row[column]))
    })()
    return rows.length
  } finally {
    from.close()
  }
}
