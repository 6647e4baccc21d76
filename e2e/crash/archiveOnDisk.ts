import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { databasePath, defaultStorageFolder } from '#electron/archive/archivePaths.ts'
import { readPart10, storedFiles } from '../workstation/storedFiles.ts'

const row = z.object({ sopInstanceUID: z.string(), folder: z.string(), file: z.string(), bytes: z.number() })

export interface IndexedFile {
  sopInstanceUID: string
  path: string
  bytes: number
}

/** What the index says, read by a connection of our own while the workstation is not running. */
export function indexedFiles(dataFolder: string): IndexedFile[] {
  const database = new Database(databasePath(dataFolder), { fileMustExist: true })
  try {
    const rows = database
      .prepare(
        `SELECT sop_instance_uid AS sopInstanceUID, path AS folder, file, bytes
         FROM instances JOIN storage_folders USING (folder_id)`,
      )
      .all()
    return z
      .array(row)
      .parse(rows)
      .map(({ sopInstanceUID, folder, file, bytes }) => ({ sopInstanceUID, path: join(folder, file), bytes }))
  } finally {
    database.close()
  }
}

export interface Findings {
  acknowledgedLost: string[]
  rowsWithoutFile: string[]
  truncatedFiles: string[]
  temporaryFiles: string[]
}

/** Compares what was acknowledged with what is there. `sent`: SOP Instance UID -> SHA-256 of the data set as it was sent. */
export function examine(dataFolder: string, acknowledged: Set<string>, sent: Map<string, string>): Findings {
  const rows = new Map(indexedFiles(dataFolder).map((one) => [one.sopInstanceUID, one]))
  const whole = (path: string) => {
    try {
      const { sopInstanceUID, dataSet } = readPart10(path)
      return createHash('sha256').update(dataSet).digest('hex') === sent.get(sopInstanceUID)
    } catch {
      return false
    }
  }
  const truncatedFiles = storedFiles(dataFolder).filter((path) => !whole(path))
  const damaged = new Set(truncatedFiles)
  const temporary = join(defaultStorageFolder(dataFolder), 'tmp')
  return {
    acknowledgedLost: [...acknowledged].filter((uid) => {
      const found = rows.get(uid)
      return !found || !existsSync(found.path) || damaged.has(found.path)
    }),
    rowsWithoutFile: [...rows.values()]
      .filter((one) => !existsSync(one.path) || readPart10(one.path).sopInstanceUID !== one.sopInstanceUID)
      .map((one) => one.sopInstanceUID),
    truncatedFiles: truncatedFiles.map((path) => `${path} (${statSync(path).size} bytes)`),
    temporaryFiles: existsSync(temporary) ? readdirSync(temporary) : [],
  }
}
