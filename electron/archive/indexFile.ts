import { readHeaderFromFile } from '#electron/dicom/part10/readHeader.ts'
import type { InstanceSource, NewInstance } from './archiveApi.ts'
import { indexInstance } from './ingest.ts'
import type { StoredFileOnDisk } from './storedFiles.ts'

/** Indexes a file of the archive from nothing but itself. Throws Part10Error when it cannot be read. */
export function indexFile(stored: StoredFileOnDisk, source?: InstanceSource): NewInstance {
  return indexInstance(readHeaderFromFile(stored.path), stored, source ?? unknownSource(stored))
}

/** What is left of the source when the index is lost: when it came. */
function unknownSource({ writtenAt }: StoredFileOnDisk): InstanceSource {
  return { kind: 'unknown', callingAETitle: '', address: '', at: writtenAt }
}
