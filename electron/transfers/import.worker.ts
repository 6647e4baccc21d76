import { parentPort, workerData } from 'node:worker_threads'
import type { ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import { InstanceStore, StorageError } from '#electron/archive/instanceStore.ts'
import { isConnected } from '#electron/archive/volumeMarker.ts'
import { expose } from '#electron/threads/expose.ts'
import { remote } from '#electron/threads/remote.ts'
import type { ImportApi, ImportWorkerData } from './importApi.ts'
import { ImportFile } from './importFile.ts'

if (!parentPort) throw new Error('import.worker.ts runs as a worker thread only')

const { storageFolder, writerPort } = workerData as ImportWorkerData
const writer = remote<ArchiveWriterApi>(writerPort)
const files = new Map<number, { file: ImportFile; kind: 'import' | 'demo' }>()
let folder = storageFolder
let opened: InstanceStore | undefined
let lastFileId = 0

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
}
expose(parentPort, api)
