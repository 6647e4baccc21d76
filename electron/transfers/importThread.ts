import { type MessagePort, Worker } from 'node:worker_threads'
import { type Remote, remote } from '#electron/threads/remote.ts'
import type { ImportApi } from './importApi.ts'

export interface ImportThreadParts {
  writerPort(): MessagePort
  readonly storageFolder: string
}

/** The thread starts with the first import; one that died is started again with the next. */
export class ImportThread {
  private readonly parts: ImportThreadParts
  private running: { worker: Worker; api: Remote<ImportApi> } | undefined

  constructor(parts: ImportThreadParts) {
    this.parts = parts
  }

  async api(): Promise<Remote<ImportApi>> {
    this.running ??= this.start()
    const { api } = this.running
    await api.storeIn(this.parts.storageFolder)
    return api
  }

  private start() {
    const { storageFolder } = this.parts
    const writerPort = this.parts.writerPort()
    const worker = new Worker(new URL('./import.worker.ts', import.meta.url), {
      workerData: { storageFolder, writerPort },
      transferList: [writerPort],
    })
    const forget = () => {
      if (this.running?.worker === worker) this.running = undefined
    }
    worker.once('exit', forget)
    worker.once('error', (error) => {
      console.error(`The import thread stopped: ${error instanceof Error ? error.name : 'unknown error'}`)
      forget()
    })
    return { worker, api: remote<ImportApi>(worker) }
  }

  async close(): Promise<void> {
    const { running } = this
    this.running = undefined
    await running?.worker.terminate()
  }
}
