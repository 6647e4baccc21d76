import { type Connection, prepare } from './database.ts'

type Value = string | number | null

/** Inserts one row of `columns`, in their order; answers its row id. The names come from our own code, never from data. */
export function insertInto<Column extends string>(db: Connection, table: string, columns: readonly Column[]) {
  const statement = prepare(
    db,
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  )
  return (row: Record<Column, Value>): number =>
    Number(statement.run(...columns.map((column) => row[column])).lastInsertRowid)
}
