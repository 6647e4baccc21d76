import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { StoredInstance } from '#electron/archive/archiveApi.ts'
import { type DamagedCodec, damagedFile, everyCodec, honestFile } from '#electron/pixels/damagedFixture.ts'
import { loadEncoders } from '#electron/pixels/encodeFixture.ts'
import { answers } from '#electron/pixels/imageFixture.ts'
import { openPixels, type Pixels } from '#electron/pixels/openPixels.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { type Check, MB, megabytes, type SoakOptions } from './check.ts'

const BATCH = 50
/** A frame beside the damaged ones never waits longer, whatever these do to their decoder. */
const OTHERS_MS = 1000
const SLOW_MS = 1000
const MEMORY_BYTES = 1536 * MB

interface Seen {
  shown: number
  said: number
  stopped: string[]
  slow: string[]
  wrong: string[]
  othersMs: number
  peakBytes: number
}

/** Damaged frames of every codec, through the data plane's own door and its decode workers. */
export async function damagedFrames({ frames, seed, codec: only }: SoakOptions): Promise<Check[]> {
  await loadEncoders()
  const all = everyCodec()
  const named = all.filter(({ name }) => name === only)
  const codecs = named.length > 0 ? named : all.filter(({ name }) => name.includes(only))
  const checks: Check[] = []
  for (const codec of codecs) {
    using folder = temporaryFolder()
    const seen = await playAll(codec, folder.path, frames, seed)
    const problems = [
      ...seen.wrong,
      ...(seen.othersMs > OTHERS_MS ? [`an honest frame beside them waited ${Math.round(seen.othersMs)} ms`] : []),
      ...(seen.peakBytes > MEMORY_BYTES ? [`the process took ${megabytes(seen.peakBytes)}`] : []),
    ]
    const counts = `${seen.shown} shown, ${seen.said} said in words, ${seen.stopped.length} given up (${seen.stopped.slice(0, 8).join(', ')}), ${seen.slow.length} slow (${seen.slow.slice(0, 8).join(', ')}), others within ${Math.round(seen.othersMs)} ms, at most ${megabytes(seen.peakBytes)}`
    checks.push({
      name: `${frames} damaged frames, ${codec.name}`,
      passed: problems.length === 0,
      told: problems.length === 0 ? counts : `--seed ${seed}: ${problems.slice(0, 5).join('; ')}; ${counts}`,
    })
    const check = checks.at(-1)
    console.log(`       ${check?.passed ? '' : 'FAILED '}${codec.name}: ${counts}`)
  }
  return checks
}

async function playAll(codec: DamagedCodec, folder: string, frames: number, seed: number): Promise<Seen> {
  const stored = new Map<number, StoredInstance>()
  const pixels = openPixels({
    locate: async (ids) => ids.flatMap((id) => stored.get(id) ?? []),
    workers: 2,
    // As people run it: from the sources its start alone takes longer than anybody should wait.
    worker: pathToFileURL(join(import.meta.dirname, '..', '..', 'dist', 'host', 'pixels-codec.worker.js')),
  })
  const seen: Seen = { shown: 0, said: 0, stopped: [], slow: [], wrong: [], othersMs: 0, peakBytes: 0 }
  try {
    const whole = await answerOf(pixels, add(stored, folder, honestFile(codec)))
    if (!whole.samples) return { ...seen, wrong: [`an honest frame says: ${whole.sentence}`] }
    for (let first = 0; first < frames; first += BATCH) {
      const part = join(folder, String(first))
      mkdirSync(part)
      const count = Math.min(BATCH, frames - first)
      const numbers = Array.from({ length: count }, (_, at) => first + at)
      const ids = numbers.map((number) => add(stored, part, damagedFile(codec, seed, number)))
      await Promise.all([
        playBatch(pixels, ids, numbers, seen),
        watchOthers(pixels, add(stored, part, honestFile(codec)), whole.samples, seen),
      ])
      seen.peakBytes = Math.max(seen.peakBytes, process.memoryUsage.rss())
      for (const id of ids) stored.delete(id)
      rmSync(part, { recursive: true })
    }
    return seen
  } finally {
    await pixels.close()
  }
}

async function playBatch(pixels: Pixels, ids: number[], numbers: number[], seen: Seen): Promise<void> {
  for (const [at, id] of ids.entries()) {
    const startedAt = performance.now()
    const { samples, sentence } = await answerOf(pixels, id)
    const tookMs = performance.now() - startedAt
    const number = String(numbers[at])
    if (sentence === undefined && samples) seen.shown += 1
    else if (/decoder stopped|too long/.test(sentence ?? '')) seen.stopped.push(number)
    else if (/^[A-Z].*\./.test(sentence ?? '')) seen.said += 1
    else seen.wrong.push(`number ${number} is answered with "${sentence}"`)
    if (tookMs > SLOW_MS) seen.slow.push(`${number} ${Math.round(tookMs)} ms`)
  }
}

/** What another tile asks for meanwhile comes at once, and as it is. */
async function watchOthers(pixels: Pixels, id: number, whole: Uint8Array, seen: Seen): Promise<void> {
  const startedAt = performance.now()
  const { samples, sentence } = await answerOf(pixels, id)
  seen.othersMs = Math.max(seen.othersMs, performance.now() - startedAt)
  if (!samples || !Buffer.from(samples).equals(whole))
    seen.wrong.push(`an honest frame came otherwise: ${sentence ?? 'other pixels'}`)
}

async function answerOf(pixels: Pixels, instanceId: number) {
  const [answer] = await answers(pixels.frames({ frames: [{ instanceId, frame: 0 }] }))
  return answer ?? { index: 0, sentence: '' }
}

let lastId = 0

function add(stored: Map<number, StoredInstance>, folder: string, bytes: Uint8Array): number {
  const instanceId = ++lastId
  const path = join(folder, String(instanceId))
  writeFileSync(path, bytes)
  const names = {
    studyInstanceUID: '',
    seriesInstanceUID: '',
    sopClassUID: '',
    sopInstanceUID: '',
    transferSyntaxUID: '',
  }
  stored.set(instanceId, { instanceId, seriesId: 1, studyId: 1, path, bytes: statSync(path).size, ...names })
  return instanceId
}
