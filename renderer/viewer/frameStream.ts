import type { FrameAnswer } from './frameParser.ts'
import type { FrameName, ToPage, ToWorker } from './frameStreamMessage.ts'

let worker: Worker | undefined
let requests = 0
const waiting = new Map<number, (message: ToPage) => void>()

/**
 * The worker reads and cuts the response: a whole stack comes faster than the page could draw its first image in between.
 * Frames change hands without a copy.
 */
function reader(): Worker {
  if (!worker) {
    worker = new Worker(new URL('./frameStream.worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<ToPage>) => waiting.get(data.request)?.(data))
    worker.addEventListener('error', () => {
      // A worker that cannot start or dies takes its requests with it; the next one gets a new worker.
      worker = undefined
      for (const [request, answer] of waiting) answer({ kind: 'end', request, error: 'The reader of images stopped.' })
    })
  }
  return worker
}

/** Starts the worker, so that the first study does not wait for it. */
export function warmFrameStream(): void {
  reader()
}

/** Asks for frames in the given order, in one response: in Chromium the cost per request exceeds that of the bytes. */
export function streamFrames(
  frames: readonly FrameName[],
  signal: AbortSignal,
  onFrame: (index: number, answer: FrameAnswer) => void,
): Promise<void> {
  requests += 1
  const request = requests
  const target = reader()
  const send = (message: ToWorker) => target.postMessage(message)
  return new Promise((resolve, reject) => {
    const finish = () => {
      waiting.delete(request)
      signal.removeEventListener('abort', stop)
    }
    const stop = () => {
      finish()
      send({ kind: 'abort', request })
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop)
    waiting.set(request, (message) => {
      if (message.kind === 'frame') {
        onFrame(message.index, message.answer)
        if (message.index === 0) afterDrawing(() => send({ kind: 'continue', request }))
        return
      }
      finish()
      if (message.error === undefined) resolve()
      else reject(new Error(message.error))
    })
    const url = new URL('data/frames', document.baseURI).href
    const named = frames.map(({ instanceId, frame }) => ({ instanceId, frame }))
    send({ kind: 'fetch', request, url, frames: named })
  })
}

/** A hidden page draws nothing, and need not wait. */
const DRAWING_MS = 250

function afterDrawing(act: () => void): void {
  let acted = false
  const once = () => {
    if (!acted) act()
    acted = true
  }
  // Callbacks run in the order they were asked for: the drawing of this frame comes before ours.
  requestAnimationFrame(once)
  setTimeout(once, DRAWING_MS)
}
