import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { makeFolder } from './makeFolder.ts'

export class DataFolderError extends Error {
  readonly code: 'in-use' | 'unwritable'
  constructor(code: 'in-use' | 'unwritable', message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'DataFolderError'
    this.code = code
  }
}

/**
 * Claims a data folder for this process, before anything in it is touched. SQLite's exclusive lock on a small file is
 * one of the operating system: it ends with the process however that dies, which a file with a pid in it does not.
 */
export function lockDataFolder(folder: string): { release(): void } {
  try {
    makeFolder(folder)
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw unwritable(folder, error)
  }
  let db: Database.Database
  try {
    db = new Database(join(folder, 'lock.sqlite'), { timeout: 0 })
  } catch (error) {
    throw unwritable(folder, error)
  }
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY'))
      throw new DataFolderError('in-use', `Another Negatoscope uses the data folder ${folder}. Close it first.`, error)
    throw unwritable(folder, error)
  }
  return {
    release: () => {
      if (db.open) db.close()
    },
  }
}

function unwritable(folder: string, error: unknown): DataFolderError {
  const reason = (error as { code?: string }).code ?? 'unknown error'
  return new DataFolderError('unwritable', `The data folder ${folder} cannot be written (${reason}).`, error)
}
