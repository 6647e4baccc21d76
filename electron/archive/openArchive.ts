import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { Remote } from '#electron/threads/remote.ts'
import type { ArchiveReaderApi, ArchiveWriterApi } from './archiveApi.ts'
import { asArchiveOpenError } from './archiveOpenError.ts'
import { keepAlive } from './keepAlive.ts'
import type { WriterStart } from './writerNotice.ts'

export interface Archive {
  readonly writer: Remote<ArchiveWriterApi>
  readonly reader: Remote<ArchiveReaderApi>
  /** Where new files go now; changes with `relocate`. */
  readonly storageFolder: string
  /** A further port to the writer, for another thread. It closes when the writer dies: ask anew in `onWriterRestart`. */
  writerPort(): MessagePort
  /** The same to the reader; ask anew in `onReaderRestart`. */
  readerPort(): MessagePort
  /** Which studies changed, at most ten times a second. Answers how to stop listening. */
  onChange(listener: (studyIds: number[]) => void): () => void
  onStorageFolder(listener: (folder: string) => void): () => void
  /** Requests, steps, or what belongs to them. */
  onWorklist(listener: () => void): () => void
  /** The writer died and a new one is at work; calls in flight failed with THREAD_GONE. */
  onWriterRestart(listener: () => void): () => void
  onReaderRestart(listener: () => void): () => void
  close(): Promise<void>
}

/**
 * Opens the archive of a data folder that this process has locked (lockDataFolder). `rebuildIndex`: an index too damaged
 * to open is put aside; the caller calls `writer.rebuildIndex` next. Throws ArchiveOpenError.
 */
export async function openArchive(dataFolder: string, options: { rebuildIndex?: boolean } = {}): Promise<Archive> {
  const changeListeners = new Set<(studyIds: number[]) => void>()
  const folderListeners = new Set<(folder: string) => void>()
  const worklistListeners = new Set<() => void>()
  const restartListeners = new Set<() => void>()
  const readerListeners = new Set<() => void>()
  let storageFolder = ''
  let closing = false

  const writer = await keepAlive<ArchiveWriterApi>({
    start: (first) =>
      new Worker(new URL('./writer.worker.ts', import.meta.url), {
        workerData: {
          dataFolder,
          recover: first,
          rebuild: first && options.rebuildIndex === true,
        } satisfies WriterStart,
      }),
    onNotice: (notice) => {
      if (notice.kind === 'studiesChanged') for (const listener of changeListeners) listener(notice.studyIds)
      else if (notice.kind === 'storageFolder') setFolder(notice.folder)
      else if (notice.kind === 'worklistChanged') for (const listener of worklistListeners) listener()
      else if (notice.kind === 'ready') storageFolder = notice.storageFolder
    },
    onRestart: () => {
      for (const listener of restartListeners) listener()
    },
  }).catch((error: unknown) => {
    throw asArchiveOpenError(error)
  })
  // after the writer, which brings the database to this version
  const reader = await keepAlive<ArchiveReaderApi>({
    start: () => new Worker(new URL('./reader.worker.ts', import.meta.url), { workerData: { dataFolder } }),
    onNotice: () => {},
    onRestart: () => {
      for (const listener of readerListeners) listener()
    },
  }).catch(async (error: unknown) => {
    await writer.stop()
    throw error
  })

  function setFolder(folder: string): void {
    storageFolder = folder
    for (const listener of folderListeners) listener(folder)
  }

  return {
    writer: writer.api,
    reader: reader.api,
    get storageFolder() {
      return storageFolder
    },
    writerPort: () => portTo(writer.worker()),
    readerPort: () => portTo(reader.worker()),
    onChange: (listener) => listen(changeListeners, listener),
    onStorageFolder: (listener) => listen(folderListeners, listener),
    onWorklist: (listener) => listen(worklistListeners, listener),
    onWriterRestart: (listener) => listen(restartListeners, listener),
    onReaderRestart: (listener) => listen(readerListeners, listener),
    async close() {
      if (closing) return
      closing = true
      await reader.stop()
      await writer.stop()
    },
  }
}

function portTo(worker: Worker): MessagePort {
  const { port1, port2 } = new MessageChannel()
  worker.postMessage({ kind: 'port', port: port2 }, [port2])
  return port1
}

function listen<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
