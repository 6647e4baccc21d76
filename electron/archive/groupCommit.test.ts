import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Connection, openDatabase } from './database.ts'
import { DiskWord } from './diskWord.ts'
import { GroupCommit } from './groupCommit.ts'

let folder: string
let db: Connection
let other: Connection
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-commit-'))
  db = openDatabase(join(folder, 'index.sqlite'), 'write')
  db.exec('CREATE TABLE seen (name TEXT)')
  other = openDatabase(join(folder, 'index.sqlite'), 'read')
})
afterEach(() => {
  other.close()
  db.close()
  rmSync(folder, { recursive: true })
})

const insert = (name: string) => () => db.prepare('INSERT INTO seen VALUES (?)').run(name).changes
const committed = () => other.prepare('SELECT name FROM seen ORDER BY name').pluck().all()

test('a row is committed only after its file is on the disk', async () => {
  const commits = new GroupCommit(db)
  let before: unknown
  await commits.write(insert('a'), () => {
    before = committed()
    return true
  })
  expect(before).toEqual([])
  expect(committed()).toEqual(['a'])
})

test('of rows written together only the one whose file was lost is taken back', async () => {
  const commits = new GroupCommit(db)
  const gone = new DiskWord()
  const there = new DiskWord()
  gone.takeBack()
  there.give()
  const results = await Promise.allSettled([
    commits.write(insert('a'), () => new DiskWord(there.shared).wait()),
    commits.write(insert('b'), () => new DiskWord(gone.shared).wait()),
    commits.write(() => {
      throw new Error('no')
    }),
    commits.write(insert('c')),
  ])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  expect((results[1] as PromiseRejectedResult).reason).toMatchObject({ code: 'io' })
  expect(committed()).toEqual(['a', 'c'])
})

test('what need outlive only this program waits for no disk, unless something that must is written with it', async () => {
  const commits = new GroupCommit(db)
  const FULL = 2
  const synchronous = () => db.pragma('synchronous', { simple: true })
  const write = (name: string, outlives?: 'program') => {
    const work = () => {
      insert(name)()
      return synchronous()
    }
    return commits.write(work, () => true, outlives)
  }
  expect(await write('a', 'program')).not.toBe(FULL)
  expect(synchronous()).toBe(FULL)
  expect(committed()).toEqual(['a'])
  expect(await Promise.all([write('b', 'program'), write('c')])).toEqual([FULL, FULL])
  await expect(
    commits.write(
      () => {
        throw new Error('no')
      },
      () => true,
      'program',
    ),
  ).rejects.toThrow('no')
  expect(synchronous()).toBe(FULL)
})
