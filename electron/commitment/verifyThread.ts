import { Worker } from 'node:worker_threads'
import { type Remote, remote } from '#electron/threads/remote.ts'
import type { FileToVerify, Verdict, VerifyApi } from './verifyApi.ts'

const IDLE_MS = 10_000

/** The thread that reads files again; there while it is needed. One that dies fails its call, the next one starts it anew. */
export class VerifyThread {
  private running: { worker: Worker; api: Remote<VerifyApi> } | undefined
  private idle: NodeJS.Timeout | undefined

  /** One answer a file, in their order. */
  async verify(files: FileToVerify[], signal: AbortSignal): Promise<Verdict[]> {
    clearTimeout(this.idle)
    this.running ??= this.start()
    const answers: Verdict[] = []
    try {
      for await (const answer of this.running.api.verify(files, signal)) answers.push(answer)
    } finally {
      this.idle = setTimeout(() => void this.close(), IDLE_MS).unref()
    }
    if (answers.length !== files.length) throw new Error('Not every file was read')
    return answers
  }

  async close(): Promise<void> {
    clearTimeout(this.idle)
    const { running } = this
    this.running = undefined
    await running?.worker.terminate()
  }

  private start() {
    const worker = new Worker(new URL('./verify.worker.ts', import.meta.url))
    const forget = () => {
      if (this.running?.worker === worker) this.running = undefined
    }
    worker.once('exit', forget)
    worker.once('error', forget)
    return { worker, api: remote<VerifyApi>(worker) }
  }
}
