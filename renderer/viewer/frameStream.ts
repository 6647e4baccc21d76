import { type FrameAnswer, onlyFrame } from './frameParser.ts'
import type { FrameName, ToPage, ToWorker } from './frameStreamMessage.ts'
import { nextPaint } from './nextPaint.ts'
import { requestFrames } from './requestFrames.ts'

type OnFrame = (index: number, answer: FrameAnswer) => void

let worker: Worker | undefined
let requests = 0
const waiting = new Map<number, (message: ToPage) => void>()

/** The worker reads and cuts the response beside the page. Frames change hands without a copy. */
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

/**
 * Asks for frames in the given order. The first one, which somebody waits for, is fetched here and alone: a hop to the
 * worker and back costs more than the image. All others come in one response: in Chromium the cost per request exceeds
 * that of the bytes.
 */
export async function streamFrames(frames: readonly FrameName[], signal: AbortSignal, onFrame: OnFrame): Promise<void> {
  const url = new URL('data/frames', document.baseURI).href
  const response = await requestFrames(url, frames.slice(0, 1), signal)
  const first = onlyFrame(await response.arrayBuffer())
  signal.throwIfAborted()
  onFrame(0, first)
  if (frames.length === 1) return
  // Reading at full speed would keep the first image from the screen.
  await nextPaint()
  signal.throwIfAborted()
  await streamOthers(url, frames.slice(1), signal, (index, answer) => onFrame(index + 1, answer))
}

function streamOthers(url: string, frames: readonly FrameName[], signal: AbortSignal, onFrame: OnFrame): Promise<void> {
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
      if (message.kind === 'frame') return onFrame(message.index, message.answer)
      finish()
      if (message.error === undefined) resolve()
      else reject(new Error(message.error))
    })
    send({ kind: 'fetch', request, url, frames: frames.map(({ instanceId, frame }) => ({ instanceId, frame })) })
  })
}
