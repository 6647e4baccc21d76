import { parentPort } from 'node:worker_threads'
import { transcode } from './transcode.ts'

/** Conversions are synchronous and long, hence this thread of their own. */
parentPort?.on('message', async ({ id, path, from, to }: { id: number; path: string; from: string; to: string }) => {
  try {
    const bytes = await transcode(path, from, to)
    // A copy of its own: small Buffers live in a pool that must not be transferred.
    const own = new Uint8Array(bytes)
    parentPort?.postMessage({ id, bytes: own }, [own.buffer])
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) })
  }
})
