import { Worker } from 'node:worker_threads'
import type { InnocentEcho } from './innocent.worker.ts'

/** A well-meaning device in a thread of its own, so that what we do here does not spoil its times. */
export function startInnocent(port: number) {
  const worker = new Worker(new URL('./innocent.worker.ts', import.meta.url), { workerData: { port } })
  let echoes: InnocentEcho[] = []
  worker.on('message', (echo: InnocentEcho) => echoes.push(echo))
  return {
    /** What it went through since it was last asked. */
    take(): InnocentEcho[] {
      const taken = echoes
      echoes = []
      return taken
    },
    /** Its next echo, which began after now. */
    async next(): Promise<void> {
      const begun = echoes.length
      const deadline = performance.now() + 12_000
      while (echoes.length < begun + 2 && performance.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 10))
    },
    [Symbol.asyncDispose]: async () => void (await worker.terminate()),
  }
}

export type Innocent = ReturnType<typeof startInnocent>
