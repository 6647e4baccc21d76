import { FrameParser } from './frameParser.ts'
import type { FrameName, ToPage, ToWorker } from './frameStreamMessage.ts'
import { requestFrames } from './requestFrames.ts'

/** The part of a worker's global scope that is used; the DOM's types know only that of a window. */
const page = self as unknown as { postMessage(message: ToPage, transfer?: Transferable[]): void }
const running = new Map<number, AbortController>()

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'abort') running.get(data.request)?.abort()
  else void answer(data.request, data.url, data.frames)
})

async function answer(request: number, url: string, frames: FrameName[]): Promise<void> {
  const abort = new AbortController()
  running.set(request, abort)
  try {
    await stream(request, url, frames, abort.signal)
    page.postMessage({ kind: 'end', request })
  } catch (error) {
    const message = error instanceof Error ? error.message : 'The images stopped.'
    if (!abort.signal.aborted) page.postMessage({ kind: 'end', request, error: message })
  } finally {
    running.delete(request)
  }
}

async function stream(request: number, url: string, frames: FrameName[], signal: AbortSignal): Promise<void> {
  const response = await requestFrames(url, frames, signal)
  const parser = new FrameParser((index, frame) => {
    page.postMessage({ kind: 'frame', request, index, answer: frame }, 'bytes' in frame ? [frame.bytes.buffer] : [])
  })
  const reader = response.body?.getReader({ mode: 'byob' })
  for (;;) {
    const { done, value } = (await reader?.read(parser.room)) ?? { done: true }
    if (done || !value) break
    parser.take(value)
  }
  parser.end()
}
