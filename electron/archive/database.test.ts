import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { temporaryFolder } from './archiveFixture.ts'
import { openDatabase, prepare } from './database.ts'
import { GroupCommit } from './groupCommit.ts'
import { migrate } from './migrate.ts'

let folder: ReturnType<typeof temporaryFolder>
let path: string
beforeEach(() => {
  folder = temporaryFolder()
  path = join(folder.path, 'x.sqlite')
})
afterEach(() => folder.remove())

test('every connection syncs each commit, checks foreign keys, and reads beside the writer', () => {
  const writer = openDatabase(path, 'write')
  writer.exec('CREATE TABLE a (x INTEGER) STRICT')
  const reader = openDatabase(path, 'read')
  for (const db of [writer, reader]) {
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
  }
  writer.exec('BEGIN IMMEDIATE; INSERT INTO a VALUES (1)')
  expect(reader.prepare('SELECT * FROM a').all()).toEqual([])
  writer.exec('COMMIT')
  expect(reader.prepare('SELECT * FROM a').all()).toEqual([{ x: 1 }])
  expect(() => reader.exec('INSERT INTO a VALUES (2)')).toThrow(/readonly/)
  reader.close()
  writer.close()
})

test('a database that cannot have a write-ahead log is refused', () => {
  expect(() => openDatabase(':memory:', 'write')).toThrow(/refuses journal_mode/)
})

test('migrations run once, in order; one that fails leaves the version before it', () => {
  const db = openDatabase(path, 'write')
  const first = { name: '0001-there-is-a', sql: 'CREATE TABLE a (x INTEGER) STRICT' }
  const second = { name: '0002-a-has-y', sql: 'ALTER TABLE a ADD COLUMN y INTEGER' }
  migrate(db, [first])
  migrate(db, [first, second])
  migrate(db, [first, second])
  expect(db.prepare('SELECT number, name FROM migrations').all()).toEqual([
    { number: 1, name: first.name },
    { number: 2, name: second.name },
  ])
  const broken = { name: '0003-b-and-nonsense', sql: 'CREATE TABLE b (x INTEGER) STRICT; NONSENSE' }
  expect(() => migrate(db, [first, second, broken])).toThrow()
  expect(db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'b'").get()).toEqual({ n: 0 })
  expect(() => migrate(db, [first])).toThrow(/later version/)
  db.close()
})

test('the schema of this version has no fault', () => {
  const db = openDatabase(path, 'write')
  migrate(db)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_key_check')).toEqual([])
  db.close()
})

test('a slow query is logged by its text, without what was asked for', () => {
  const db = new Database(':memory:')
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
  prepare(db, 'SELECT ?  AS name', -1).get('Doe^John')
  expect(warned).toHaveBeenCalledOnce()
  expect(warned.mock.calls[0]?.[0]).toMatch(/^Slow query \(\d+ ms\): SELECT \? AS name$/)
  prepare(db, 'SELECT 1', 60_000).get()
  expect(warned).toHaveBeenCalledOnce()
  warned.mockRestore()
})

test('writes that wait together are one commit, and a full disk fails them all as what it is', async () => {
  const db = openDatabase(path, 'write')
  db.exec('CREATE TABLE a (x TEXT) STRICT')
  const commits = new GroupCommit(db)
  const insert = db.prepare('INSERT INTO a VALUES (?)')
  const before = commitsInLog()
  await Promise.all(Array.from({ length: 50 }, (_, at) => commits.write(() => insert.run(String(at)))))
  expect(commitsInLog()).toBe(before + 1)
  const outcome = await Promise.allSettled([
    commits.write(() => insert.run('good')),
    commits.write(() => {
      insert.run('undone')
      throw new Error('no')
    }),
  ])
  expect(outcome.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  expect(db.prepare("SELECT x FROM a WHERE x IN ('good', 'undone')").all()).toEqual([{ x: 'good' }])

  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 1}`)
  const filling = await Promise.allSettled(
    Array.from({ length: 3 }, () => commits.write(() => insert.run('x'.repeat(20_000)))),
  )
  for (const result of filling) expect(result).toMatchObject({ status: 'rejected', reason: { code: 'no-space' } })
  db.pragma('max_page_count = 1000000')
  await commits.write(() => insert.run('after'))
  expect(db.prepare("SELECT count(*) AS n FROM a WHERE x = 'after'").get()).toEqual({ n: 1 })
  db.close()
})

/** Frames of the write-ahead log that end a transaction: those that tell the size of the database (bytes 4 to 7). */
function commitsInLog(): number {
  const log = readFileSync(`${path}-wal`)
  const frameBytes = 24 + log.readUInt32BE(8)
  let commits = 0
  for (let at = 32; at + frameBytes <= log.length; at += frameBytes) if (log.readUInt32BE(at + 4) !== 0) commits += 1
  return commits
}
