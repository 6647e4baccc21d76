import type { RepackInput } from './repack.ts'
import type { Repacked } from './repack.worker.ts'

/** Beside the page: a video of some hundred megabytes takes seconds. */
export function repackBeside(input: RepackInput, signal: AbortSignal): Promise<Repacked> {
  const worker = new Worker(new URL('./repack.worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Repacked>((resolve) => {
    const fail = () => resolve({ problem: 'This video cannot be read. Save it and open it with another program.' })
    worker.addEventListener('message', ({ data }: MessageEvent<Repacked>) => resolve(data))
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      fail()
    })
    signal.addEventListener('abort', fail)
    worker.postMessage(input, [input.bytes.buffer])
  }).finally(() => worker.terminate())
}
