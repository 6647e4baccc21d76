import { existsSync } from 'node:fs'
import { databasePath, defaultStorageFolder, foldersPath } from './archivePaths.ts'
import { type Connection, openDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { StorageFolders } from './storageFolders.ts'

export class IndexDamagedError extends Error {
  readonly code = 'INDEX_DAMAGED'
  constructor(cause: unknown) {
    super('The index of the archive is damaged. Start once with --rebuild-index: it is made anew from the images.', {
      cause,
    })
    this.name = 'IndexDamagedError'
  }
}

export class StorageMissingError extends Error {
  readonly code = 'STORAGE_MISSING'
  constructor(folder: string) {
    super(`The storage folder ${folder} is not there. Connect its disk, then start again.`)
    this.name = 'StorageMissingError'
  }
}

/** Opens the index for writing, at this program's version, with the folders that it speaks of. */
export function openIndex(dataFolder: string): { db: Connection; folders: StorageFolders } {
  let db: Connection | undefined
  try {
    db = openDatabase(databasePath(dataFolder), 'write')
    migrate(db)
    const folders = new StorageFolders(db, foldersPath(dataFolder), defaultStorageFolder(dataFolder))
    if (!existsSync(folders.current().path)) throw new StorageMissingError(folders.current().path)
    return { db, folders }
  } catch (error) {
    db?.close()
    const code = (error as { code?: string }).code ?? ''
    throw code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT') ? new IndexDamagedError(error) : error
  }
}
