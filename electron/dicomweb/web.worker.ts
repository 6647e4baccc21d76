import { parentPort, workerData } from 'node:worker_threads'
import type { ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import { InstanceStore, StorageError } from '#electron/archive/instanceStore.ts'
import { isConnected } from '#electron/archive/volumeMarker.ts'
import { expose } from '#electron/threads/expose.ts'
import { remote } from '#electron/threads/remote.ts'
import { ImportFile } from '#electron/transfers/importFile.ts'
import { SyncRounds } from '#electron/transfers/syncRounds.ts'
import { cachedQido } from './cachedQido.ts'
import { metadata } from './metadata.ts'
import { picture } from './picture.ts'
import { probe } from './probe.ts'
import { stow } from './stow.ts'
import { toldRequests } from './told.ts'
import { wado } from './wado.ts'
import type { WebApi, WebWorkerData } from './webApi.ts'

if (!parentPort) throw new Error('web.worker.ts runs as a worker thread only')

const { storageFolder, writerPort } = workerData as WebWorkerData
const writer = remote<ArchiveWriterApi>(writerPort)
let folder = storageFolder
let opened: InstanceStore | undefined
const rounds = new SyncRounds()

/** Nothing is made in a folder whose disk is not connected. */
function store(): InstanceStore {
  if (!isConnected(folder)) throw new StorageError('io', 'The disk of the storage folder is not connected')
  opened ??= new InstanceStore(folder)
  return opened
}

const api: WebApi = {
  async storeIn(next) {
    if (next === folder) return
    opened?.close()
    opened = undefined
    folder = next
  },
  find: cachedQido,
  get: (server, request, { onConflict, minFreeBytes }, signal) =>
    wado(
      server,
      request,
      {
        folder: () => folder,
        minFreeBytes,
        begin: (studyInstanceUID) =>
          new ImportFile(store(), writer, 'image.dcm', { studyInstanceUID, onConflict, rounds, isCopy: true }),
      },
      signal,
    ),
  send: stow,
  probe,
  picture,
  metadata,
  requests: toldRequests,
}
expose(parentPort, api)
