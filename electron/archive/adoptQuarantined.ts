import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Connection, prepare } from './database.ts'
import { indexFile } from './indexFile.ts'
import { QUARANTINE, quarantineRows } from './quarantineRows.ts'
import { removeQuietly } from './removeQuietly.ts'
import { sentContents } from './sentContents.ts'
import type { StorageFolders } from './storageFolders.ts'

const FILE_NAME = /^([0-9a-f]{64})-[0-9a-f]{8}\.dcm$/

/**
 * Files in quarantine without a row: the process died in between, or the index was lost. Those that are the archive's own
 * by content go; the others get a row that no longer knows who sent them. Runs at start.
 */
export function adoptQuarantined(db: Connection, folders: StorageFolders): void {
  const known = prepare(db, 'SELECT 1 FROM quarantined_instances WHERE file = ?')
  const doomed = prepare(db, 'SELECT 1 FROM file_removals WHERE path = ?')
  const rows = quarantineRows(db)
  const contents = sentContents(db)
  for (const folder of folders.all()) {
    const directory = join(folder.path, QUARANTINE)
    if (!existsSync(directory)) continue
    for (const name of readdirSync(directory)) {
      const dataSetHash = FILE_NAME.exec(name)?.[1]
      const file = `${QUARANTINE}/${name}`
      const path = join(directory, name)
      if (dataSetHash === undefined || known.get(file) !== undefined || doomed.get(path) !== undefined) continue
      try {
        const { size, mtimeMs } = statSync(path)
        const instance = indexFile({ file, path, bytes: size, dataSetHash, writtenAt: mtimeMs })
        const isArchived = rows.indexed(instance.attributes.SOPInstanceUID ?? '')?.dataSetHash === dataSetHash
        const isNew =
          !isArchived &&
          db.transaction(() => {
            contents.note(instance)
            return rows.insert({ reason: 'differs', folder, name, instance, differences: [], at: Date.now() })
          })()
        if (!isNew) removeQuietly(path)
      } catch {
        // what cannot be read stays where it is: somebody may want it
      }
    }
  }
}
