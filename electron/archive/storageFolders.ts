import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Connection, prepare } from './database.ts'
import { writeFileDurably } from './writeFileDurably.ts'

export interface StorageFolder {
  folderId: number
  path: string
  isCurrent: boolean
  retired: boolean
  checkedBucket: number
  checkedInstanceId: number
}

const COLUMNS = `folder_id AS folderId, path, is_current AS isCurrent, retired,
  checked_bucket AS checkedBucket, checked_instance_id AS checkedInstanceId`

/** Where files lie: new ones in the current folder, earlier ones in those that were in use before. */
export class StorageFolders {
  private readonly db: Connection
  private readonly copyPath: string
  private known: StorageFolder[] = []

  /** `copyPath` holds the paths outside the database too, for an index that is lost. */
  constructor(db: Connection, copyPath: string, defaultFolder: string) {
    this.db = db
    this.copyPath = copyPath
    this.reload()
    if (this.known.length > 0) return
    const paths = readCopy(copyPath) ?? [defaultFolder]
    for (const path of paths) this.add(path)
    this.makeCurrent(paths[0] ?? defaultFolder)
    this.saveCopy()
  }

  all(): StorageFolder[] {
    return this.known
  }

  current(): StorageFolder {
    const current = this.known.find((folder) => folder.isCurrent)
    if (!current) throw new Error('The archive has no storage folder')
    return current
  }

  byId(folderId: number): StorageFolder | undefined {
    return this.known.find((folder) => folder.folderId === folderId)
  }

  pathOf(instance: { folderId: number; file: string }): string {
    const folder = this.byId(instance.folderId)
    if (!folder) throw new Error(`The archive has no storage folder ${instance.folderId}`)
    return join(folder.path, instance.file)
  }

  /** The folder that holds a file now. A receiver may not have heard yet that the current one changed. */
  holding(file: string): StorageFolder | undefined {
    const current = this.current()
    if (existsSync(join(current.path, file))) return current
    return this.known.find((folder) => existsSync(join(folder.path, file)))
  }

  /** Within the caller's transaction. */
  add(path: string): StorageFolder {
    mkdirSync(path, { recursive: true })
    prepare(this.db, 'INSERT INTO storage_folders (path) VALUES (?) ON CONFLICT (path) DO NOTHING').run(path)
    this.reload()
    const added = this.known.find((folder) => folder.path === path)
    if (!added) throw new Error('The storage folder was not added')
    return added
  }

  /** Within the caller's transaction. */
  makeCurrent(path: string): void {
    prepare(this.db, 'UPDATE storage_folders SET is_current = (path = ?)').run(path)
    prepare(this.db, 'UPDATE storage_folders SET retired = 0 WHERE path = ?').run(path)
    this.reload()
  }

  setChecked(folderId: number, bucket: number, instanceId: number): void {
    prepare(this.db, 'UPDATE storage_folders SET checked_bucket = ?, checked_instance_id = ? WHERE folder_id = ?').run(
      bucket,
      instanceId,
      folderId,
    )
    this.reload()
  }

  saveCopy(): void {
    const paths = [this.current(), ...this.known.filter((folder) => !folder.isCurrent)].map((folder) => folder.path)
    writeFileDurably(this.copyPath, `${JSON.stringify({ folders: paths }, null, 2)}\n`)
  }

  reload(): void {
    const rows = this.db.prepare(`SELECT ${COLUMNS} FROM storage_folders ORDER BY folder_id`).all() as (Omit<
      StorageFolder,
      'isCurrent' | 'retired'
    > & { isCurrent: number; retired: number })[]
    this.known = rows.map((row) => ({ ...row, isCurrent: row.isCurrent === 1, retired: row.retired === 1 }))
  }
}

function readCopy(path: string): string[] | undefined {
  if (!existsSync(path)) return undefined
  const { folders } = JSON.parse(readFileSync(path, 'utf8')) as { folders?: unknown }
  const paths = Array.isArray(folders) ? folders.filter((folder) => typeof folder === 'string' && folder !== '') : []
  return paths.length > 0 ? (paths as string[]) : undefined
}
