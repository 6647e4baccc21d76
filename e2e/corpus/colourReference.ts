import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../workstation/spawned.ts'

/** RGB, 8 bits, interleaved, as dcm2pnm draws each frame of an uncompressed colour file. */
export async function colourFrames(file: string, folder: string): Promise<Uint8Array[] | undefined> {
  const out = mkdtempSync(join(folder, 'frames-'))
  const { code } = await run('dcm2pnm', ['+op', '+Fa', file, join(out, 'frame')], { timeoutMs: 120_000 })
  if (code !== 0) return undefined
  const names = readdirSync(out).sort((a, b) => frameNumber(a) - frameNumber(b))
  const frames = names.map((name) => readPixmap(readFileSync(join(out, name))))
  return frames.every((frame) => frame !== undefined) && frames.length > 0 ? frames : undefined
}

const frameNumber = (name: string) => Number(/\.(\d+)\./.exec(name)?.[1] ?? 0)

/** A binary pixmap (P6) of 8 bits; undefined for any other. */
function readPixmap(bytes: Buffer): Uint8Array | undefined {
  const head = /^P6\s+(?:#[^\n]*\s+)*(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 200))
  if (!head) return undefined
  const length = Number(head[1]) * Number(head[2]) * 3
  const pixels = bytes.subarray(head[0].length)
  return pixels.length >= length ? pixels.subarray(0, length) : undefined
}
