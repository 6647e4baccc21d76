import { FrameParser } from './frameParser.ts'
import type { FrameName, ToPage, ToWorker } from './frameStreamMessage.ts'

/** The part of a worker's global scope that is used; the DOM's types know only that of a window. */
const page = self as unknown as { postMessage(message: ToPage, transfer?: Transferable[]): void }
const running = new Map<number, AbortController>()
const held = new Map<number, () => void>()

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'abort') running.get(data.request)?.abort()
  else if (data.kind === 'continue') held.get(data.request)?.()
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

function drawn(request: number, signal: AbortSignal): Promise<void> {
  return new Promise<void>((resolve) => {
    held.set(request, resolve)
    signal.addEventListener('abort', () => resolve())
  }).then(() => void held.delete(request))
}

async function stream(request: number, url: string, frames: FrameName[], signal: AbortSignal): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ frames }),
    signal,
  })
  if (!response.ok || !response.body) {
    throw new Error(`The workstation does not hand out images now (${response.status}).`)
  }
  let delivered = 0
  const parser = new FrameParser((index, frame) => {
    delivered += 1
    page.postMessage({ kind: 'frame', request, index, answer: frame }, 'bytes' in frame ? [frame.bytes.buffer] : [])
  })
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    const before = delivered
    parser.push(value)
    // Reading on at full speed would keep the first image from being drawn: on a small machine both want the same core.
    if (before === 0 && delivered > 0) await drawn(request, signal)
  }
  parser.end()
}
