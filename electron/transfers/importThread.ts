import { type MessagePort, Worker } from 'node:worker_threads'
import { type Remote, remote } from '#electron/threads/remote.ts'
import type { ImportApi } from './importApi.ts'

export interface ImportThreadParts {
  writerPort(): MessagePort
  storageFolder(): Promise<string>
}

/** The thread starts with the first import; one that died is started again with the next. */
export class ImportThread {
  private readonly parts: ImportThreadParts
  private running: Promise<{ worker: Worker; api: Remote<ImportApi> }> | undefined

  constructor(parts: ImportThreadParts) {
    this.parts = parts
  }

  async api(): Promise<Remote<ImportApi>> {
    this.running ??= this.start()
    const { api } = await this.running
    await api.useFolder(await this.parts.storageFolder())
    return api
  }

  private async start() {
    const storageFolder = await this.parts.storageFolder()
    const writerPort = this.parts.writerPort()
    const worker = new Worker(new URL('./import.worker.ts', import.meta.url), {
      workerData: { storageFolder, writerPort },
      transferList: [writerPort],
    })
    const forget = () => {
      this.running = undefined
    }
    worker.once('exit', forget)
    worker.once('error', (error) => {
      console.error(`The import thread stopped: ${error instanceof Error ? error.name : 'unknown error'}`)
      forget()
    })
    return { worker, api: remote<ImportApi>(worker) }
  }

  async close(): Promise<void> {
    const running = await this.running
    await running?.worker.terminate()
  }
}
