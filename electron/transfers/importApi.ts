import type { InstanceSource } from '#electron/archive/archiveApi.ts'
import type { FileIdentity } from './folderFiles.ts'
import type { ImportedFile } from './importFile.ts'

/** What the import thread offers: files are written and synced there, so that nothing else waits for the disk. */
export interface ImportApi {
  storeIn(storageFolder: string): Promise<void>
  begin(name: string, kind: 'import' | 'demo'): Promise<number>
  /** False: the rest of the file is of no use. */
  write(fileId: number, chunk: Uint8Array): Promise<boolean>
  finish(fileId: number): Promise<ImportedFile>
  abort(fileId: number): Promise<void>
  /** Whose images these files are; null for what is none. */
  identify(paths: string[]): Promise<(FileIdentity | null)[]>
  /** A file of this computer, read here. Rejects with a code of the operating system. */
  readFile(path: string, source: InstanceSource): Promise<ImportedFile>
}

export interface ImportWorkerData {
  storageFolder: string
  writerPort: MessagePort
}

/** Also Node's port carries this type's name. */
type MessagePort = import('node:worker_threads').MessagePort
