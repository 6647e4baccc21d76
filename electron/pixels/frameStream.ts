import type { StoredInstance } from '#electron/archive/archiveApi.ts'

interface WantedFrame {
  instanceId: number
  frame: number
}

type FrameChunk = (
  stored: StoredInstance | undefined,
  frame: number,
  index: number,
  signal: AbortSignal,
) => Promise<Uint8Array>

/** Frames read ahead of the reader: enough to keep disk, codecs and socket busy at once. */
const AHEAD = 6

/**
 * One chunk for each frame, in order. A few are read ahead while the reader takes earlier ones; when it stops taking,
 * or goes away, no more are read.
 */
export function frameStream(
  wanted: readonly WantedFrame[],
  locate: (instanceIds: number[]) => Promise<StoredInstance[]>,
  frameChunk: FrameChunk,
  signal?: AbortSignal,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const abort = new AbortController()
  const stop = () => abort.abort()
  const reading: Promise<Uint8Array>[] = []
  let stored = new Map<number, StoredInstance>()
  let started = 0

  const readAhead = () => {
    while (started < wanted.length && reading.length < AHEAD && !abort.signal.aborted) {
      const index = started++
      const { instanceId, frame } = wanted[index] ?? { instanceId: 0, frame: 0 }
      reading.push(frameChunk(stored.get(instanceId), frame, index, abort.signal))
    }
  }

  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async start() {
        if (signal?.aborted === true) stop()
        signal?.addEventListener('abort', stop, { once: true })
        const found = await locate([...new Set(wanted.map(({ instanceId }) => instanceId))])
        stored = new Map(found.map((instance) => [instance.instanceId, instance]))
        readAhead()
      },
      async pull(controller) {
        const next = reading.shift()
        if (next === undefined || abort.signal.aborted) {
          signal?.removeEventListener('abort', stop)
          controller.close()
          return
        }
        const chunk = await next
        readAhead()
        controller.enqueue(chunk as Uint8Array<ArrayBuffer>)
      },
      cancel: stop,
    },
    { highWaterMark: 1 },
  )
}
