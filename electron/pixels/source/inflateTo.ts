import { createReadStream } from 'node:fs'
import { createInflateRaw } from 'node:zlib'
import { FrameProblem } from '../frameProblem.ts'

/** The first `wanted` bytes of a deflated data set. What lies behind is never unpacked. */
export async function inflateTo(path: string, start: number, wanted: number): Promise<Uint8Array<ArrayBuffer>> {
  const output = new Uint8Array(wanted)
  let filled = 0
  const source = createReadStream(path, { start, highWaterMark: 256 * 1024 })
  const inflater = createInflateRaw({ chunkSize: 256 * 1024 })
  source.on('error', (error) => inflater.destroy(error))
  source.pipe(inflater)
  try {
    for await (const chunk of inflater as AsyncIterable<Buffer>) {
      const part = chunk.subarray(0, wanted - filled)
      output.set(part, filled)
      filled += part.length
      if (filled === wanted) break
    }
  } catch {
    throw new FrameProblem('The compressed data set is damaged and cannot be unpacked.')
  } finally {
    source.destroy()
    inflater.destroy()
  }
  if (filled < wanted) throw new FrameProblem('The compressed data set is incomplete.')
  return output
}
