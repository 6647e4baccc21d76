import { join } from 'node:path'

/** What the data folder holds. The index is always here, on a local disk; images may live in another folder. */
export const databasePath = (dataFolder: string) => join(dataFolder, 'archive.sqlite')
export const defaultStorageFolder = (dataFolder: string) => join(dataFolder, 'storage')
/** The folders again, outside the database: an index that is lost is rebuilt from the files in them. */
export const foldersPath = (dataFolder: string) => join(dataFolder, 'storage-folders.json')
