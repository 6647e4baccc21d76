import { ArchiveOpenError } from './archiveOpenError.ts'
import { databasePath, defaultStorageFolder, foldersPath } from './archivePaths.ts'
import { type Connection, openDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { StorageFolders } from './storageFolders.ts'

const storageMissing = (folder: string) =>
  new ArchiveOpenError(
    'STORAGE_MISSING',
    `The storage folder ${folder} is not there: its disk is not connected. Connect it, then start again.`,
  )

const damaged = (cause: unknown) =>
  new ArchiveOpenError(
    'INDEX_DAMAGED',
    'The index of the archive is damaged. Start once with --rebuild-index: it is made anew from the images.',
    cause,
  )

/** Opens the index for writing, at this program's version, with the folders that it speaks of. */
export function openIndex(dataFolder: string): { db: Connection; folders: StorageFolders } {
  let db: Connection | undefined
  try {
    db = openDatabase(databasePath(dataFolder), 'write')
    migrate(db)
    const folders = new StorageFolders(db, foldersPath(dataFolder), defaultStorageFolder(dataFolder))
    if (!folders.isConnected(folders.current())) throw storageMissing(folders.current().path)
    return { db, folders }
  } catch (error) {
    db?.close()
    const code = (error as { code?: string }).code ?? ''
    throw code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT') ? damaged(error) : error
  }
}
