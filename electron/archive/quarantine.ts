import { randomBytes } from 'node:crypto'
import { closeSync, copyFileSync, existsSync, fsyncSync, linkSync, openSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { AddInstance } from './addInstance.ts'
import type { AddedInstance, NewInstance } from './archiveApi.ts'
import { Bucket } from './bucket.ts'
import type { Connection } from './database.ts'
import { differencesBetween } from './differences.ts'
import { fileRemover } from './fileRemovals.ts'
import type { GroupCommit } from './groupCommit.ts'
import { makeFolder } from './makeFolder.ts'
import { measurementLog } from './measurements.ts'
import type { ConflictPolicy } from './quarantineApi.ts'
import { type NewQuarantineRow, QUARANTINE, quarantineRows, type SetAside } from './quarantineRows.ts'
import { removeQuietly } from './removeQuietly.ts'
import { sentContents } from './sentContents.ts'
import { toStorageError } from './storageError.ts'
import type { StorageFolder, StorageFolders } from './storageFolders.ts'
import { syncDirectory } from './syncDirectory.ts'

const KEPT_FIRST =
  'Another object with this SOP Instance UID is here already; the first one is kept, this one was dropped.'
const PUT_ASIDE = 'Another object with this SOP Instance UID is here already; this one is in quarantine.'
const TOOK_ITS_PLACE =
  'Another object with this SOP Instance UID was here; this one took its place, and the other one is in quarantine.'

export interface QuarantineParts {
  db: Connection
  folders: StorageFolders
  commits: GroupCommit
  add: AddInstance
  removeFiles(): void
  studiesChanged(studyIds: Iterable<number>): void
}

/** An arrival whose SOP Instance UID stands for something else here. */
export interface Conflict {
  instance: NewInstance
  added: AddedInstance
  /** Where the arrival lies, and the file that the archive has. */
  leftover: string
  kept: string
}

/** Two objects under one SOP Instance UID: one is the archive's, the other one is kept apart or dropped, never mixed up. */
export function quarantine({ db, folders, commits, add, removeFiles, studiesChanged }: QuarantineParts) {
  const rows = quarantineRows(db)
  const contents = sentContents(db)
  const measured = measurementLog(db)
  const removeFile = fileRemover(db, folders)

  /** What a sender's object becomes; it is on disk, and named, before this resolves. */
  async function settle(conflict: Conflict, policy: ConflictPolicy): Promise<AddedInstance> {
    if (policy === 'quarantine') return putAside(conflict)
    if (policy === 'replace') return takePlace(conflict)
    await commits.write(() => contents.note(conflict.instance))
    removeQuietly(conflict.leftover)
    return { ...conflict.added, note: KEPT_FIRST }
  }

  async function putAside({ instance, added, leftover, kept }: Conflict): Promise<AddedInstance> {
    const folder = folderOf(leftover)
    const differences = differencesBetween(kept, leftover)
    const name = intoQuarantine(leftover, folder, 'move')
    const row = { reason: 'differs', folder, name, instance, differences, at: Date.now() } as const
    const isNeeded = await commits
      .write(() => {
        contents.note(instance)
        return put(row)
      })
      .catch((error: unknown) => {
        removeQuietly(join(folder.path, QUARANTINE, name))
        throw error
      })
    if (!isNeeded) removeQuietly(join(folder.path, QUARANTINE, name))
    return { ...added, note: PUT_ASIDE }
  }

  /** Within a transaction. False when the very same is there already: one copy is enough. */
  function put(row: NewQuarantineRow): boolean {
    if (rows.insert(row)) return true
    if (row.instance.measurements?.length) rows.keepMeasurements(row.instance)
    if (row.reason === 'differs') rows.cameAgain(row)
    const before = rows.find(row.instance)
    if (before && before.file !== `${QUARANTINE}/${row.name}` && existsSync(folders.pathOf(before))) return false
    rows.setFile(row)
    return true
  }

  async function takePlace({ instance, kept, leftover }: Conflict): Promise<AddedInstance> {
    const differences = differencesBetween(kept, leftover)
    const { changed, leftover: left, measurements, ...added } = await exchange(instance, differences)
    if (left !== undefined) removeQuietly(left)
    studiesChanged(changed)
    removeFiles()
    const { instanceId, studyId, seriesId } = added
    return { outcome: 'stored', instanceId, studyId, seriesId, note: `${TOOK_ITS_PLACE}${withIt(measurements)}` }
  }

  /** What the archive has goes into quarantine and `instance` takes its row, in one transaction. */
  async function exchange(instance: SetAside, differences: string[], within: () => void = () => {}) {
    const uid = instance.attributes.SOPInstanceUID ?? ''
    for (;;) {
      const before = rows.indexed(uid)
      const kept = before && folders.pathOf(before)
      const folder = kept !== undefined && existsSync(kept) ? folderOf(kept) : undefined
      const name = kept !== undefined && folder ? intoQuarantine(kept, folder, 'link') : ''
      let isNeeded = false
      const done = await commits.write(() => {
        // another one may have taken the place meanwhile: then that one is to be kept apart
        if (rows.indexed(uid)?.file !== before?.file) return undefined
        within()
        const { measurements: own = [], ...arrival } = instance
        const measurements = measured.of(uid)
        if (before && folder) {
          const setAside = { ...before, measurements }
          isNeeded = put({ reason: 'replaced', folder, name, instance: setAside, differences, at: Date.now() })
        }
        const added = add(arrival, 'replacement')
        measured.bringBack(added.instanceId, own)
        return { ...added, measurements: measurements.length }
      })
      if (folder && !isNeeded) removeQuietly(join(folder.path, QUARANTINE, name))
      if (done) return done
    }
  }

  async function accept(quarantineId: number): Promise<boolean> {
    const row = rows.get(quarantineId)
    const path = row && folders.pathOf(row)
    if (!row || !path || !existsSync(path)) return false
    const folder = folders.current()
    const instance = { ...row.instance, file: intoBucket(path, folder, row.instance.dataSetHash) }
    const { changed, leftover } = await exchange(instance, row.differences, () => {
      rows.remove(quarantineId)
      removeFile(row.file)
    })
    if (leftover !== undefined) removeQuietly(leftover)
    studiesChanged(changed)
    removeFiles()
    return true
  }

  async function remove(quarantineIds: readonly number[]): Promise<void> {
    await commits.write(() => removeRows(quarantineIds))
    removeFiles()
  }

  function removeRows(quarantineIds: readonly number[]): void {
    for (const quarantineId of quarantineIds) {
      const row = rows.get(quarantineId)
      if (!row) continue
      rows.remove(quarantineId)
      removeFile(row.file)
    }
  }

  /** What was replaced goes with the trash of its day; what differs stays until a person decides. */
  async function purge(before: number): Promise<void> {
    if (rows.replacedBefore(before).length === 0) return
    // asked again within the transaction: one of them may have come again meanwhile
    await commits.write(() => removeRows(rows.replacedBefore(before)))
    removeFiles()
  }

  function folderOf(path: string): StorageFolder {
    const found = folders.all().find((folder) => dirname(dirname(path)) === folder.path)
    if (!found) throw toStorageError(new Error('The file is in no storage folder'))
    return found
  }

  return {
    settle,
    acceptQuarantined: accept,
    deleteQuarantined: remove,
    purge,
  }
}

function withIt(measurements: number): string {
  if (measurements === 0) return ''
  return measurements === 1
    ? ' One measurement lies with that one.'
    : ` ${measurements} measurements lie with that one.`
}

/** Durable. Answers the name in `quarantine/`. */
function intoQuarantine(path: string, folder: StorageFolder, how: 'move' | 'link'): string {
  const name = basename(path)
  const target = join(folder.path, QUARANTINE, name)
  try {
    makeFolder(dirname(target), 0o700)
    if (how === 'move') renameSync(path, target)
    else linkOrCopy(path, target)
    syncDirectory(dirname(target))
    syncDirectory(folder.path)
  } catch (error) {
    throw toStorageError(error)
  }
  return name
}

/** A name of its own in a bucket of its own, durable; relative to the folder. */
function intoBucket(path: string, folder: StorageFolder, dataSetHash: string): string {
  const bucket = new Bucket(folder.path)
  try {
    const directory = bucket.forNextFile()
    const name = `${dataSetHash}-${randomBytes(4).toString('hex')}.dcm`
    linkOrCopy(path, join(directory.path, name))
    directory.sync()
    return `${directory.name}/${name}`
  } catch (error) {
    throw toStorageError(error)
  } finally {
    bucket.close()
  }
}

/** Not every file system has links. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    copyFileSync(from, to)
    const handle = openSync(to, 'r+')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  }
}
