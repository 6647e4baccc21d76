import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultStorageFolder, foldersPath } from '#electron/archive/archivePaths.ts'
import { archiveWriter } from '#electron/archive/archiveWriter.ts'
import { indexInstance } from '#electron/archive/ingest.ts'
import { openIndex } from '#electron/archive/openIndex.ts'
import { nameIndexer } from '#electron/archive/queryRetrieve/nameIndex.ts'
import { type StorageFolder, StorageFolders } from '#electron/archive/storageFolders.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { readHeader } from '#electron/dicom/part10/readHeader.ts'
import { manyStudy } from './manyStudies.ts'

/** One commit for so many, as one burst of arrivals. */
const BATCH = 2000
const BUCKET = '000001'

/** At start the archive looks whether the files of its latest rows are there. */
const WITH_FILE = 2 * BATCH

/** Takes the archive's word for where a file is: a million studies without a million files. */
class BelievedFolders extends StorageFolders {
  override holding(): StorageFolder {
    return this.current()
  }
}

/** Fills an archive with studies of one instance each through its own writer. Nothing runs on it meanwhile. */
export async function seed(dataFolder: string, count: number): Promise<void> {
  mkdirSync(dataFolder, { recursive: true })
  const { db } = openIndex(dataFolder)
  const folders = new BelievedFolders(db, foldersPath(dataFolder), defaultStorageFolder(dataFolder))
  const writer = archiveWriter(db, folders, { studiesChanged: () => {}, storageFolderChanged: () => {} })
  const source = { kind: 'receive', callingAETitle: 'BENCH', address: '127.0.0.1', at: Date.UTC(2026, 0, 1) } as const
  const dataSet = manyStudy(0, count)
  const template = indexInstance(
    readHeader(writePart10({ dataSet })),
    { file: `${BUCKET}/seed`, dataSetHash: '', bytes: 4096 },
    source,
  )
  const storage = folders.current().path
  mkdirSync(join(storage, BUCKET), { recursive: true })
  for (let at = 0; at < count; at += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - at) }, (_, index) => {
      const attributes = { ...template.attributes, ...manyStudy(at + index, count) }
      const file = `${BUCKET}/${(at + index).toString(16).padStart(40, '0')}.dcm`
      if (at + index >= count - WITH_FILE) writeFileSync(join(storage, file), '')
      return writer.addInstance({ ...template, file, dataSetHash: String(at + index), attributes })
    })
    await Promise.all(batch)
  }
  // What the running program does in its spare time.
  const indexNames = nameIndexer(db)
  db.transaction(() => {
    while (indexNames(1) > 0);
  })()
  db.pragma('wal_checkpoint(TRUNCATE)')
  await writer.close()
}
