import '../failAloud.ts'
import { type RepackInput, repack } from './repack.ts'

/** The part of a worker's global scope that is used; the DOM's types know only that of a window. */
const page = self as unknown as { postMessage(message: Repacked): void }

export type Repacked = { video: Blob } | { problem: string }

self.addEventListener('message', ({ data }: MessageEvent<RepackInput>) => {
  const made = repack(data)
  page.postMessage(typeof made === 'string' ? { problem: made } : { video: new Blob(made, { type: 'video/mp4' }) })
})
