import { parentPort } from 'node:worker_threads'
import { type OpenInstance, openInstance } from '#electron/pixels/source/openInstance.ts'
import { nativeFrame } from './decodePixels.ts'
import { inNativeColour } from './nativeColour.ts'
import { transcode } from './transcode.ts'

export type Order = { id: number; path: string } & ({ from: string; to: string } | { frame: number })

/** Conversions are synchronous and long, hence this thread of their own. */
parentPort?.on('message', (order: Order | 'close') => {
  if (order === 'close') parentPort?.close()
  else void convert(order)
})

async function convert(order: Order): Promise<void> {
  const { id, path } = order
  try {
    const bytes = 'frame' in order ? await frameOf(path, order.frame) : await transcode(path, order.from, order.to)
    // A copy of its own: small Buffers live in a pool that must not be transferred.
    const own = new Uint8Array(bytes)
    parentPort?.postMessage({ id, bytes: own }, [own.buffer])
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) })
  }
}

let kept: { path: string; instance: OpenInstance } | undefined

/** Frames of one object are mostly asked for one after the other. */
async function frameOf(path: string, frame: number): Promise<Uint8Array> {
  if (kept?.path !== path) kept = { path, instance: openInstance(path) }
  const { format, codec } = kept.instance.source
  return inNativeColour(await nativeFrame(kept.instance, frame), format, codec)
}
