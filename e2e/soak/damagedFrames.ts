import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { StoredInstance } from '#electron/archive/archiveApi.ts'
import {
  type DamagedCodec,
  damagedFile,
  everyCodec,
  everyContainer,
  honestFile,
  isVideoCodec,
} from '#electron/pixels/damagedFixture.ts'
import { loadEncoders } from '#electron/pixels/encodeFixture.ts'
import { type Answer, answers } from '#electron/pixels/imageFixture.ts'
import { openPixels, type Pixels } from '#electron/pixels/openPixels.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { type Check, MB, megabytes, type SoakOptions } from './check.ts'

const BATCH = 50
/** A frame beside the damaged ones never waits longer, whatever these do to their decoder. */
const OTHERS_MS = 1000
const OTHERS_EVERY_MS = 50
const SLOW_MS = 1000
const TELL_EVERY_MS = 10_000
const MEMORY_BYTES = 1536 * MB

interface Seen {
  shown: number
  said: number
  stopped: string[]
  slow: string[]
  wrong: string[]
  slowestMs: number
  othersMs: number
  peakBytes: number
  /** Batches that were late and were played again: what the machine did meanwhile is no fault of a frame. */
  again: number
}

const nothing = (): Seen => ({
  ...{ shown: 0, said: 0, stopped: [], slow: [], wrong: [] },
  ...{ slowestMs: 0, othersMs: 0, peakBytes: 0, again: 0 },
})

type Part = Pick<SoakOptions, 'frames' | 'from' | 'seed'>

/** Damaged frames of every codec, through the data plane's own door and its decode workers. */
export async function damagedFrames({ frames, from, seed, codec: only }: SoakOptions): Promise<Check[]> {
  await loadEncoders()
  const all = [...everyCodec(), ...everyContainer()]
  const named = all.filter(({ name }) => name === only)
  const codecs = named.length > 0 ? named : all.filter(({ name }) => name.includes(only))
  const checks: Check[] = []
  for (const codec of codecs) {
    using folder = temporaryFolder()
    const startedAt = performance.now()
    const seen = await playAll(codec, folder.path, { frames, from, seed })
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    const problems = [
      ...seen.wrong,
      ...(seen.othersMs > OTHERS_MS ? [`an honest frame beside them waited ${Math.round(seen.othersMs)} ms`] : []),
      ...(seen.peakBytes > MEMORY_BYTES ? [`the process took ${megabytes(seen.peakBytes)}`] : []),
    ]
    const counts = `${seen.shown} shown, ${seen.said} said in words, ${seen.stopped.length} given up (${seen.stopped.slice(0, 8).join(', ')}), ${seen.slow.length} slow (${seen.slow.slice(0, 8).join(', ')}), the slowest ${Math.round(seen.slowestMs)} ms, others within ${Math.round(seen.othersMs)} ms, at most ${megabytes(seen.peakBytes)}, ${seen.again} batches again, ${seconds} s`
    checks.push({
      name: `${frames} damaged frames from ${from}, ${codec.name}`,
      passed: problems.length === 0,
      told: problems.length === 0 ? counts : `--seed ${seed}: ${problems.slice(0, 5).join('; ')}; ${counts}`,
    })
    const check = checks.at(-1)
    console.log(`       ${check?.passed ? '' : 'FAILED '}${codec.name}: ${counts}`)
  }
  return checks
}

async function playAll(codec: DamagedCodec, folder: string, { frames, from, seed }: Part): Promise<Seen> {
  const stored = new Map<number, StoredInstance>()
  const pixels = openPixels({
    locate: async (ids) => ids.flatMap((id) => stored.get(id) ?? []),
    workers: 2,
    // As people run it: from the sources its start alone takes longer than anybody should wait.
    worker: pathToFileURL(join(import.meta.dirname, '..', '..', 'dist', 'host', 'pixels-codec.worker.js')),
  })
  const seen = nothing()
  try {
    const answer = isVideoCodec(codec) ? contentOf : answerOf
    const { samples: whole, sentence } = await answer(pixels, add(stored, folder, honestFile(codec)))
    if (!whole) return { ...seen, wrong: [`an honest frame says: ${sentence}`] }
    let toldAt = performance.now()
    for (let first = from; first < from + frames; first += BATCH) {
      const part = join(folder, String(first))
      mkdirSync(part)
      const size = Math.min(BATCH, from + frames - first)
      const numbers = Array.from({ length: size }, (_, at) => first + at)
      const ids = numbers.map((number) => add(stored, part, damagedFile(codec, seed, number)))
      const ask = (id: number) => answer(pixels, id)
      const honest = add(stored, part, honestFile(codec))
      const play = async () => {
        const batch = nothing()
        const played = new AbortController()
        await Promise.all([
          playBatch(ask, ids, numbers, batch).finally(() => played.abort()),
          watchOthers(() => ask(honest), whole, batch, played.signal),
        ])
        return batch
      }
      const once = await play()
      const isLate = once.othersMs > OTHERS_MS || once.slow.length > 0
      if (isLate) seen.wrong.push(...once.wrong)
      count(seen, isLate ? await play() : once, isLate)
      if (performance.now() - toldAt > TELL_EVERY_MS) {
        toldAt = performance.now()
        const { shown, said, stopped } = seen
        console.log(
          `       ${codec.name}: ${first + size - from} of ${frames}, ${shown} shown, ${said} said, ${stopped.length} given up`,
        )
      }
      seen.peakBytes = Math.max(seen.peakBytes, process.memoryUsage.rss())
      for (const id of ids) stored.delete(id)
      rmSync(part, { recursive: true })
    }
    return seen
  } finally {
    await pixels.close()
  }
}

function count(seen: Seen, batch: Seen, isAgain: boolean): void {
  seen.shown += batch.shown
  seen.said += batch.said
  seen.stopped.push(...batch.stopped)
  seen.slow.push(...batch.slow)
  seen.wrong.push(...batch.wrong)
  seen.slowestMs = Math.max(seen.slowestMs, batch.slowestMs)
  seen.othersMs = Math.max(seen.othersMs, batch.othersMs)
  seen.again += isAgain ? 1 : 0
}

type Ask = (id: number) => Promise<Answer>

async function playBatch(ask: Ask, ids: number[], numbers: number[], seen: Seen): Promise<void> {
  for (const [at, id] of ids.entries()) {
    const startedAt = performance.now()
    const { samples, sentence } = await ask(id)
    const tookMs = performance.now() - startedAt
    seen.slowestMs = Math.max(seen.slowestMs, tookMs)
    const number = String(numbers[at])
    if (sentence === undefined && samples) seen.shown += 1
    else if (/decoder stopped|too long/.test(sentence ?? '')) seen.stopped.push(number)
    else if (/^[A-Z].*\./.test(sentence ?? '')) seen.said += 1
    else seen.wrong.push(`number ${number} is answered with "${sentence}"`)
    if (tookMs > SLOW_MS) seen.slow.push(`${number} ${Math.round(tookMs)} ms`)
  }
}

/** What another tile asks for meanwhile comes at once, and as it is. */
async function watchOthers(
  askHonest: () => Promise<Answer>,
  whole: Uint8Array,
  seen: Seen,
  played: AbortSignal,
): Promise<void> {
  do {
    const startedAt = performance.now()
    const { samples, sentence } = await askHonest()
    seen.othersMs = Math.max(seen.othersMs, performance.now() - startedAt)
    if (!samples || !Buffer.from(samples).equals(whole))
      seen.wrong.push(`an honest frame came otherwise: ${sentence ?? 'other pixels'}`)
    await delay(OTHERS_EVERY_MS)
  } while (!played.aborted)
}

async function contentOf(pixels: Pixels, instanceId: number): Promise<Answer> {
  const content = await pixels.content(instanceId)
  return { index: 0, ...(typeof content === 'string' ? { sentence: content } : content && { samples: content }) }
}

async function answerOf(pixels: Pixels, instanceId: number): Promise<Answer> {
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
