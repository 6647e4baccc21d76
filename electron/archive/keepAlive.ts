import type { Worker } from 'node:worker_threads'
import { type Remote, remote } from '#electron/threads/remote.ts'
import type { WriterNotice } from './writerNotice.ts'

const RESTART_PAUSE_MS = 500

export interface KeptThread<Api> {
  /** Always the latest thread's. Calls in flight when it dies, and those until the next one runs, fail with THREAD_GONE. */
  api: Remote<Api>
  worker(): Worker
  /** Lets the thread close what it holds, then ends it. */
  stop(): Promise<void>
}

interface Options {
  start(first: boolean): Worker
  onNotice(notice: WriterNotice): void
  onRestart(): void
}

/** Runs a thread of the archive and starts it anew when it dies. Rejects when the first start fails. */
export async function keepAlive<Api extends { close(): Promise<void> }>(options: Options): Promise<KeptThread<Api>> {
  let stopping = false
  let current = await begin(true)

  async function begin(first: boolean): Promise<{ worker: Worker; api: Remote<Api> }> {
    const worker = options.start(first)
    const api = remote<Api>(worker)
    let ready = false
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (notice: WriterNotice) => {
        options.onNotice(notice)
        if (notice.kind !== 'ready') return
        ready = true
        resolve()
      })
      worker.on('error', (error) => {
        // at the start it is for the caller to say
        if (ready)
          console.error(`A thread of the archive stopped: ${error instanceof Error ? error.message : 'unknown'}`)
        reject(error)
      })
      worker.on('exit', () => reject(new Error('A thread of the archive ended while it started')))
    })
    worker.on('exit', () => {
      if (!stopping) void restart()
    })
    return { worker, api }
  }

  async function restart(): Promise<void> {
    while (!stopping) {
      try {
        current = await begin(false)
        options.onRestart()
        return
      } catch {
        await new Promise((resolve) => setTimeout(resolve, RESTART_PAUSE_MS))
      }
    }
  }

  return {
    api: new Proxy({} as Remote<Api>, {
      get: (_, method) => Reflect.get(current.api, method) as unknown,
    }),
    worker: () => current.worker,
    async stop() {
      stopping = true
      await current.api.close().catch(() => {})
      await current.worker.terminate()
    },
  }
}
