import { existsSync, renameSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { InstanceSource } from './archiveApi.ts'
import { databasePath } from './archivePaths.ts'
import type { KeptRow } from './measurements.ts'
import { type Attachment, readAttachments } from './worklist/attachments.ts'

/** What no file says: where an instance came from, when, whether it was deleted, and what was measured on it. */
export interface Memory {
  source: InstanceSource
  trashedAt: number | null
  measurements: KeptRow[]
  /** Of its study. */
  attachment: Attachment | undefined
  /** When a person last opened its study. */
  openedAt: number | null
  /** Its numbers in the index that was lost. */
  instanceId: number
  studyId: number
}

/** A damaged index: where it lies now, and what could be read of it, keyed by file. */
export interface Damaged {
  path: string
  memories: Map<string, Memory>
}

/**
 * Puts a database that cannot be used aside, under a name that stays. Undefined when the database is sound, or when there
 * is none.
 */
export function setAsideDamaged(dataFolder: string): Damaged | undefined {
  const path = databasePath(dataFolder)
  if (!existsSync(path) || isSound(path)) return undefined
  const aside = `${path}.damaged-${Date.now()}`
  for (const ending of ['', '-wal', '-shm']) if (existsSync(path + ending)) renameSync(path + ending, aside + ending)
  return { path: aside, memories: remember(aside) }
}

function isSound(path: string): boolean {
  try {
    const db = new Database(path)
    try {
      return db.pragma('quick_check(1)', { simple: true }) === 'ok'
    } finally {
      db.close()
    }
  } catch {
    return false
  }
}

function remember(path: string): Map<string, Memory> {
  const memories = new Map<string, Memory>()
  try {
    const db = new Database(path)
    try {
      const attachments = readAttachments(db)
      const opened = readOpened(db)
      const rows = db
        .prepare(
          `SELECT file, kind, calling_ae_title AS callingAETitle, address, received_at AS at, trashed_at AS trashedAt,
             instance_id AS instanceId, study_id AS studyId
           FROM instances JOIN sources USING (source_id)`,
        )
        .iterate() as IterableIterator<
        InstanceSource & Omit<Memory, 'source' | 'measurements' | 'attachment' | 'openedAt'> & { file: string }
      >
      for (const { file, trashedAt, instanceId, studyId, ...source } of rows)
        memories.set(file, {
          ...{ source, trashedAt, instanceId, studyId, measurements: [] },
          ...{ attachment: attachments.get(studyId), openedAt: opened.get(studyId) ?? null },
        })
      const measured = db
        .prepare(
          `SELECT file, measurement_id AS measurementId, saved_at AS savedAt, measurement
           FROM measurements JOIN instances USING (instance_id) ORDER BY measurements.rowid`,
        )
        .iterate() as IterableIterator<KeptRow & { file: string }>
      for (const { file, ...row } of measured) memories.get(file)?.measurements.push(row)
    } finally {
      db.close()
    }
  } catch {
    // as far as it could be read
  }
  return memories
}

function readOpened(db: Database.Database): Map<number, number> {
  const opened = new Map<number, number>()
  try {
    const rows = db
      .prepare('SELECT study_id AS studyId, opened_at AS openedAt FROM studies WHERE opened_at IS NOT NULL')
      .iterate() as IterableIterator<{ studyId: number; openedAt: number }>
    for (const { studyId, openedAt } of rows) opened.set(studyId, openedAt)
  } catch {
    // damaged there
  }
  return opened
}
