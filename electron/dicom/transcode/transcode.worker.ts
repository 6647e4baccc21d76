import { parentPort } from 'node:worker_threads'
import { transcode } from './transcode.ts'

interface Order {
  id: number
  path: string
  from: string
  to: string
}

/** Conversions are synchronous and long, hence this thread of their own. */
parentPort?.on('message', (order: Order | 'close') => {
  if (order === 'close') parentPort?.close()
  else void convert(order)
})

async function convert({ id, path, from, to }: Order): Promise<void> {
  try {
    const bytes = await transcode(path, from, to)
    // A copy of its own: small Buffers live in a pool that must not be transferred.
    const own = new Uint8Array(bytes)
    parentPort?.postMessage({ id, bytes: own }, [own.buffer])
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) })
  }
}
