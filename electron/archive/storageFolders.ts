import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listBuckets } from './bucket.ts'
import { type Connection, prepare } from './database.ts'
import { makeFolder } from './makeFolder.ts'
import { readMarker, writeMarker } from './volumeMarker.ts'
import { writeFileDurably } from './writeFileDurably.ts'

export interface StorageFolder {
  folderId: number
  path: string
  isCurrent: boolean
  retired: boolean
  /** Files without a row in buckets above `checkedBucket` are arrivals. Never so in the target of an unfinished move. */
  adopts: boolean
  checkedBucket: number
}

const COLUMNS = `folder_id AS folderId, path, is_current AS isCurrent, retired, adopts,
  checked_bucket AS checkedBucket`

/** Where files lie: new ones in the current folder, earlier ones in those that were in use before. */
export class StorageFolders {
  private readonly db: Connection
  private readonly copyPath: string
  /** Stands in the marker of each folder (see volumeMarker). */
  private readonly archiveId: string
  private readonly marked: Set<string>
  private known: StorageFolder[] = []

  /** `copyPath` holds the paths outside the database too, for an index that is lost. */
  constructor(db: Connection, copyPath: string, defaultFolder: string) {
    this.db = db
    this.copyPath = copyPath
    this.reload()
    const copy = readCopy(copyPath)
    const paths = this.known.length > 0 ? this.known.map(({ path }) => path) : (copy.folders ?? [defaultFolder])
    this.archiveId = copy.archive ?? paths.map(readMarker).find((id) => id !== undefined) ?? randomUUID()
    this.marked = new Set(copy.marked)
    if (this.known.length > 0) {
      this.markOlder()
      return
    }
    for (const path of paths) this.add(path)
    // every file in them is one that the new index does not know
    prepare(db, 'UPDATE storage_folders SET adopts = 1').run()
    this.reload()
    this.makeCurrent(paths[0] ?? defaultFolder)
    this.saveCopy()
  }

  /** The folder with its disk: where that is not connected, nothing that is missing is lost, and nothing is written. */
  isConnected({ path }: StorageFolder): boolean {
    return readMarker(path) === this.archiveId
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
    makeFolder(path)
    this.mark(path)
    prepare(this.db, 'INSERT INTO storage_folders (path) VALUES (?) ON CONFLICT (path) DO NOTHING').run(path)
    this.reload()
    const added = this.known.find((folder) => folder.path === path)
    if (!added) throw new Error('The storage folder was not added')
    return added
  }

  /** Within the caller's transaction. What lies in the folder already came otherwise than by our receivers. */
  makeCurrent(path: string): void {
    const folder = this.known.find((known) => known.path === path)
    if (folder && !folder.adopts) this.setChecked(folder, true)
    prepare(this.db, 'UPDATE storage_folders SET is_current = (path = ?)').run(path)
    prepare(this.db, 'UPDATE storage_folders SET retired = 0 WHERE path = ?').run(path)
    this.reload()
  }

  /** Every arrival in the folder is indexed. `adopts`: more will come. */
  setChecked({ folderId, path, checkedBucket }: StorageFolder, adopts: boolean): void {
    const bucket = Math.max(checkedBucket, listBuckets(path).at(-1)?.number ?? 0)
    prepare(this.db, 'UPDATE storage_folders SET checked_bucket = ?, adopts = ? WHERE folder_id = ?').run(
      bucket,
      adopts ? 1 : 0,
      folderId,
    )
    this.reload()
  }

  /** Without the target of an unfinished move, whose files are copies. */
  ofImages(): StorageFolder[] {
    const holds = prepare(this.db, 'SELECT 1 FROM instances WHERE folder_id = ? LIMIT 1')
    return this.known.filter((folder) => folder.adopts || folder.retired || holds.get(folder.folderId) !== undefined)
  }

  saveCopy(): void {
    const others = this.ofImages().filter((folder) => !folder.isCurrent)
    const paths = [this.current(), ...others].map((folder) => folder.path)
    const copy: Copy = { archive: this.archiveId, folders: paths, marked: [...this.marked] }
    writeFileDurably(this.copyPath, `${JSON.stringify(copy, null, 2)}\n`)
  }

  private mark(path: string): void {
    if (readMarker(path) !== this.archiveId) writeMarker(path, this.archiveId)
    this.marked.add(path)
  }

  /** Folders from before there were markers: those whose disk is connected, as their files show. */
  private markOlder(): void {
    const holds = prepare(this.db, 'SELECT 1 FROM instances WHERE folder_id = ? LIMIT 1')
    const older = this.known.filter(({ path, folderId }) => {
      if (this.marked.has(path) || !existsSync(path)) return false
      return holds.get(folderId) === undefined || listBuckets(path).length > 0
    })
    if (older.length === 0) return
    for (const { path } of older) this.mark(path)
    this.saveCopy()
  }

  reload(): void {
    const rows = this.db.prepare(`SELECT ${COLUMNS} FROM storage_folders ORDER BY folder_id`).all() as (Omit<
      StorageFolder,
      'isCurrent' | 'retired' | 'adopts'
    > & { isCurrent: number; retired: number; adopts: number })[]
    this.known = rows.map((row) => ({
      ...row,
      isCurrent: row.isCurrent === 1,
      retired: row.retired === 1,
      adopts: row.adopts === 1,
    }))
  }
}

interface Copy {
  archive: string | undefined
  folders: string[] | undefined
  marked: string[]
}

function readCopy(path: string): Copy {
  if (!existsSync(path)) return { archive: undefined, folders: undefined, marked: [] }
  const { archive, folders, marked } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  const paths = texts(folders)
  return {
    archive: typeof archive === 'string' && archive !== '' ? archive : undefined,
    folders: paths.length > 0 ? paths : undefined,
    marked: texts(marked),
  }
}

function texts(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string' && one !== '') : []
}
