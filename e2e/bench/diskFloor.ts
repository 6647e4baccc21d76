import { closeSync, fdatasyncSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/**
 * What this disk asks of anybody who keeps these files before saying so, one after the other, without any network:
 * write, data sync, rename, directory sync, commit of a row to a WAL. Returns seconds.
 */
export function diskFloor(folder: string, files: string[]): number {
  mkdirSync(folder, { recursive: true })
  const db = new Database(join(folder, 'index.sqlite'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('CREATE TABLE instances (instance_id INTEGER PRIMARY KEY, file TEXT)')
  const insert = db.prepare('INSERT INTO instances (file) VALUES (?)')
  const directory = openSync(folder, 'r')
  const first = files[0]
  const bytes = first === undefined ? Buffer.alloc(0) : readFileSync(first)
  const startedAt = performance.now()
  files.forEach((_, index) => {
    const temporary = join(folder, `${index}.tmp`)
    const file = openSync(temporary, 'wx')
    writeSync(file, bytes)
    fdatasyncSync(file)
    closeSync(file)
    renameSync(temporary, join(folder, `${index}.dcm`))
    fsyncSync(directory)
    insert.run(`${index}.dcm`)
  })
  const elapsed = (performance.now() - startedAt) / 1000
  closeSync(directory)
  db.close()
  return elapsed
}
