import { parentPort } from 'node:worker_threads'
import { type OpenInstance, openInstance } from '#electron/pixels/source/openInstance.ts'
import { type Begins, nativeFrame } from './decodePixels.ts'
import { inNativeColour } from './nativeColour.ts'
import { transcode } from './transcode.ts'

export type Order = { id: number; path: string } & ({ from: string; to: string } | { frame: number })

/** Before each frame that is decoded, how large it is, and 0 after it; at the end what became of the order. */
export type Told = { id: number } & ({ samples: number } | { bytes: Uint8Array } | { error: string })

/** Conversions are synchronous and long, hence this thread of their own. */
parentPort?.on('message', (order: Order | 'close') => {
  if (order === 'close') parentPort?.close()
  else void convert(order)
})

async function convert(order: Order): Promise<void> {
  const { id, path } = order
  const begins = (samples: number) => say({ id, samples })
  try {
    const bytes =
      'frame' in order ? await frameOf(path, order.frame, begins) : await transcode(path, order.from, order.to, begins)
    // A copy of its own: small Buffers live in a pool that must not be transferred.
    const own = new Uint8Array(bytes)
    say({ id, bytes: own }, [own.buffer])
  } catch (error) {
    say({ id, error: error instanceof Error ? error.message : String(error) })
  }
}

function say(told: Told, transferred: ArrayBuffer[] = []): void {
  parentPort?.postMessage(told, transferred)
}

let kept: { path: string; instance: OpenInstance } | undefined

/** Frames of one object are mostly asked for one after the other. */
async function frameOf(path: string, frame: number, begins: Begins): Promise<Uint8Array> {
  if (kept?.path !== path) kept = { path, instance: openInstance(path) }
  const { format, codec } = kept.instance.source
  return inNativeColour(await nativeFrame(kept.instance, frame, begins), format, codec)
}
