import { parentPort } from 'node:worker_threads'
import type { Order, Told } from './transcode.worker.ts'

/** Never comes back from a file of the name "damaged". */
parentPort?.on('message', ({ id, path }: Order) => {
  const say = (told: Told) => parentPort?.postMessage(told)
  say({ id, samples: 1 })
  for (; path === 'damaged'; );
  say({ id, samples: 0 })
  say({ id, bytes: Buffer.from(path) })
})
