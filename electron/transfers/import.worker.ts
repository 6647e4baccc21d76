import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import { InstanceStore, StorageError } from '#electron/archive/instanceStore.ts'
import { isConnected } from '#electron/archive/volumeMarker.ts'
import { readHeaderFromFile } from '#electron/dicom/part10/readHeader.ts'
import { expose } from '#electron/threads/expose.ts'
import { remote } from '#electron/threads/remote.ts'
import type { FileIdentity } from './folderFiles.ts'
import type { ImportApi, ImportWorkerData } from './importApi.ts'
import { ImportFile } from './importFile.ts'

if (!parentPort) throw new Error('import.worker.ts runs as a worker thread only')

const { storageFolder, writerPort } = workerData as ImportWorkerData
const writer = remote<ArchiveWriterApi>(writerPort)
const files = new Map<number, { file: ImportFile; kind: 'import' | 'demo' }>()
let folder = storageFolder
let opened: InstanceStore | undefined
let lastFileId = 0
const CHUNK_BYTES = 1024 * 1024

/** Nothing is made in a folder whose disk is not connected. */
function store(): InstanceStore {
  if (!isConnected(folder)) throw new StorageError('io', 'The disk of the storage folder is not connected')
  opened ??= new InstanceStore(folder)
  return opened
}

const api: ImportApi = {
  async storeIn(next) {
    if (next === folder) return
    opened?.close()
    opened = undefined
    folder = next
  },
  async begin(name, kind) {
    lastFileId += 1
    files.set(lastFileId, { file: new ImportFile(store(), writer, name), kind })
    return lastFileId
  },
  async write(fileId, chunk) {
    return files.get(fileId)?.file.write(chunk) ?? false
  },
  async finish(fileId) {
    const entry = files.get(fileId)
    if (!entry) throw new Error('No such file')
    files.delete(fileId)
    return await entry.file.finish({ kind: entry.kind, callingAETitle: '', address: '', at: Date.now() })
  },
  async abort(fileId) {
    files.get(fileId)?.file.discard()
    files.delete(fileId)
  },
  identify: async (paths) => paths.map(identityOf),
  async readFile(path, source) {
    const file = new ImportFile(store(), writer, basename(path), { isCopy: true })
    const handle = await open(path)
    try {
      const chunk = Buffer.alloc(CHUNK_BYTES)
      for (;;) {
        const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES)
        if (bytesRead === 0 || !file.write(chunk.subarray(0, bytesRead))) break
      }
      return await file.finish(source)
    } catch (error) {
      file.discard()
      throw error
    } finally {
      await handle.close()
    }
  },
}

/** Also of what other programs keep in their folders: databases, logs. */
function identityOf(path: string): FileIdentity | null {
  try {
    const header = readHeaderFromFile(path)
    const [studyInstanceUID, seriesInstanceUID, sopInstanceUID] = [
      header.text('StudyInstanceUID'),
      header.text('SeriesInstanceUID'),
      header.text('SOPInstanceUID'),
    ]
    return studyInstanceUID && sopInstanceUID ? { studyInstanceUID, seriesInstanceUID, sopInstanceUID } : null
  } catch {
    return null
  }
}

expose(parentPort, api)
