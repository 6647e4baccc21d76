import { Worker } from 'node:worker_threads'
import type { Archive } from '#electron/archive/openArchive.ts'
import { type Remote, remote } from '#electron/threads/remote.ts'
import type { WebNotice, WebWorkerData } from './web.worker.ts'
import type { WebApi } from './webApi.ts'

export type WebThreadArchive = Pick<Archive, 'writerPort' | 'readerPort' | 'onWriterRestart' | 'onReaderRestart'>

export interface WebThread {
  api: Remote<WebApi>
  /** Resolves when the thread is gone, however that came. */
  gone: Promise<void>
  end(): Promise<void>
}

export function startWebThread(archive: WebThreadArchive): WebThread {
  const [writerPort, readerPort] = [archive.writerPort(), archive.readerPort()]
  const worker = new Worker(new URL('./web.worker.ts', import.meta.url), {
    workerData: { writerPort, readerPort } satisfies WebWorkerData,
    transferList: [writerPort, readerPort],
  })
  const api = remote<WebApi>(worker)
  const stops = [
    archive.onWriterRestart(() => give('writerPort', archive.writerPort())),
    archive.onReaderRestart(() => give('readerPort', archive.readerPort())),
  ]
  const give = (kind: WebNotice['kind'], port: WebNotice['port']) =>
    worker.postMessage({ kind, port } satisfies WebNotice, [port])
  worker.on('error', (error) => {
    process.stderr.write(`negatoscope: the DICOMweb server stopped: ${error instanceof Error ? error.stack : error}\n`)
  })
  const gone = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      for (const stop of stops) stop()
      resolve()
    })
  })
  return {
    api,
    gone,
    async end() {
      await api.close().catch(() => {})
      await worker.terminate()
    },
  }
}
