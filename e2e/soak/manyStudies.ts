import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { storescu } from '../bench/sender.ts'
// Brings the type of window.negatoscope.
import type {} from '../corpus/readBack.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation, type Workstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { until } from '../workstation/until.ts'
import { type Check, MB, megabytes, type SoakOptions } from './check.ts'
import { type Chromium, type Memory, openChromium } from './chromium.ts'
import { fillRecords } from './fillRecords.ts'
import { type HostMemory, hostMemory } from './hostMemory.ts'
import { growthBetween } from './memoryDump.ts'
import { kindOf, nameOf, writeStudy } from './studiesOfKinds.ts'

const FIRST_LOOK = 10
const LOOK_EVERY = 50
const MAY_GROW = 1.05
/** Caches of the host fill up to their bounds: layouts of images, thumbnails (32 MB), what its heaps put off collecting. */
const HOST_MAY_GROW_BYTES = 128 * MB
const SENDERS = 3
/** Whoever leaves the light box may come back for a moment: until then nothing is let go. */
const LET_GO_MS = 6000
const TOLD_GROWTH_BYTES = 256 * 1024
const TOLD_NAMES = 12

interface Look {
  after: number
  memory: Memory
  host: HostMemory
}

type Connection = Awaited<ReturnType<typeof connect>>

/** Studies of all kinds are opened, scrolled through and closed again: what that needs does not grow. */
export async function manyStudies({ studies, data }: SoakOptions): Promise<Check[]> {
  using temporary = data === '' ? temporaryFolder() : undefined
  const folder = temporary?.path ?? data
  mkdirSync(folder, { recursive: true })
  await using workstation = await startWorkstation({ dataFolder: join(folder, 'data') })
  using connection = await connect(workstation.url)
  const stored = await storeStudies(workstation, connection, studies, join(folder, 'files'))

  await using chromium = await openChromium()
  await chromium.goto(workstation.url)
  await chromium.until(() => window.negatoscope !== undefined)
  await fillRecords(chromium)
  const looks: Look[] = []
  const startedAt = Date.now()
  for (let number = 0; number < studies; number += 1) {
    const studyId = stored.get(nameOf(number))
    if (studyId === undefined) throw new Error(`Study ${number} is missing`)
    await openAndClose(chromium, connection, studyId, number)
    const after = number + 1
    if (after !== FIRST_LOOK && after % LOOK_EVERY !== 0 && after !== studies) continue
    await delay(LET_GO_MS)
    const look = { after, memory: await chromium.memory(), host: hostMemory(workstation.pid) }
    looks.push(look)
    console.log(`       ${told(look)}; ${Math.round((Date.now() - startedAt) / 1000)} s`)
  }
  const [first, last] = [looks[0], looks.at(-1)]
  if (first && last) {
    const grown = growthBetween(first.memory.dump, last.memory.dump, TOLD_GROWTH_BYTES).slice(0, TOLD_NAMES)
    const words = grown.map(([name, bytes]) => `${name} ${bytes > 0 ? '+' : ''}${megabytes(bytes)}`)
    console.log(`       in the renderer, after ${first.after} and ${last.after}: ${words.join(', ')}`)
  }
  return [
    growth('JS heap', looks, ({ memory }) => memory.heapBytes),
    growth('alive in the renderer', looks, ({ memory }) => memory.aliveBytes),
    growth('renderer, less what is free in pages of its heaps', looks, ({ memory }) => takenBytes(memory)),
    plainGrowth(looks),
    hostGrowth(looks),
    {
      name: 'errors in the page',
      passed: chromium.complaints.length === 0,
      told: chromium.complaints.slice(0, 3).join('; ') || 'none',
    },
  ]
}

const told = ({ after, memory, host }: Look) =>
  `after ${after}: heap ${megabytes(memory.heapBytes)}, alive ${megabytes(memory.aliveBytes)}, renderer ${megabytes(memory.rendererBytes)}, GPU ${megabytes(memory.gpuBytes)}, host ${megabytes(host.bytes)} with ${host.handles} handles and ${host.threads} threads`

function growth(what: string, looks: readonly Look[], bytesOf: (look: Look) => number): Check {
  const [first, last] = [looks[0], looks.at(-1)]
  if (!first || !last || first === last) return { name: what, passed: false, told: 'more than ten studies are needed' }
  const ratio = bytesOf(last) / bytesOf(first)
  return {
    name: `${what}, ${last.after} studies opened and closed`,
    passed: ratio <= MAY_GROW,
    told: `${megabytes(bytesOf(first))} after ${first.after}, ${megabytes(bytesOf(last))} after ${last.after}: ${((ratio - 1) * 100).toFixed(1)} % more, at most 5 %`,
  }
}

const BLINK_HEAP = 'blink_gc/main/heap'
const BLINK_ALIVE = 'blink_gc/main/allocated_objects'

/**
 * Blink moves no object: a page of 128 KB is kept for one of 200 bytes, and takes up others later. How many pages are
 * held that way depends on what Chromium notes of the page meanwhile (long tasks, interactions), not on what is open.
 */
function takenBytes({ rendererBytes, dump: { allocators } }: Memory): number {
  return rendererBytes - Math.max(0, (allocators.get(BLINK_HEAP) ?? 0) - (allocators.get(BLINK_ALIVE) ?? 0))
}

/** What the system sees. It ends growing, unlike a leak: of all that it does, no more than half in the second half. */
function plainGrowth(looks: readonly Look[]): Check {
  const [first, last] = [looks[0], looks.at(-1)]
  const half = looks.findLast(({ after }) => last !== undefined && after <= last.after / 2) ?? first
  const bytesOf = (look: Look | undefined) => look?.memory.rendererBytes ?? 0
  const late = bytesOf(last) - bytesOf(half)
  return {
    name: 'renderer as the system sees it',
    passed: bytesOf(last) <= MAY_GROW * bytesOf(first) || late <= (bytesOf(last) - bytesOf(first)) / 2,
    told: `${megabytes(bytesOf(first))} after ${first?.after}, ${megabytes(bytesOf(half))} after ${half?.after}, ${megabytes(bytesOf(last))} after ${last?.after}`,
  }
}

function hostGrowth(looks: readonly Look[]): Check {
  const [first, last] = [looks[0]?.host, looks.at(-1)?.host]
  if (!first || !last) return { name: 'host', passed: false, told: 'nothing was seen' }
  return {
    name: 'host',
    passed:
      last.bytes <= first.bytes + HOST_MAY_GROW_BYTES &&
      last.handles <= first.handles + 4 &&
      last.threads <= first.threads + 2,
    told: `${megabytes(first.bytes)}, ${first.handles} handles, ${first.threads} threads; then ${megabytes(last.bytes)}, ${last.handles}, ${last.threads}; at most ${megabytes(HOST_MAY_GROW_BYTES)} more`,
  }
}

/** By name. What a kept folder has already is not made again. */
async function storeStudies(
  { aeTitle, dicomPort: port }: Workstation,
  connection: Connection,
  studies: number,
  folder: string,
): Promise<Map<string, number>> {
  const have = await named(connection)
  const missing = Array.from({ length: studies }, (_, number) => number).filter((number) => !have.has(nameOf(number)))
  const send = async () => {
    for (let number = missing.shift(); number !== undefined; number = missing.shift()) {
      const own = join(folder, String(number))
      writeStudy(own, number)
      await storescu({ aeTitle, port }, [own])
      rmSync(own, { recursive: true })
      if (number % LOOK_EVERY === 0) console.log(`       study ${number} of ${studies} is stored`)
    }
  }
  if (existsSync(folder)) rmSync(folder, { recursive: true })
  await Promise.all(Array.from({ length: SENDERS }, send))
  return until('all studies', async () => {
    const found = await named(connection)
    return Array.from({ length: studies }, (_, number) => nameOf(number)).every((name) => found.has(name))
      ? found
      : undefined
  })
}

async function named({ ask }: Connection): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (;;) {
    const { rows } = await ask.studies.list({ offset: found.size, limit: 200 })
    for (const { patientName, studyId } of rows) found.set(patientName, studyId)
    if (rows.length < 200) return found
  }
}

/** As a person reads it: all of it comes, a few images are looked at, back to the list. */
async function openAndClose(page: Chromium, { ask }: Connection, studyId: number, number: number): Promise<void> {
  const series = (await ask.studies.series({ studyId })).map(({ seriesId }) => seriesId)
  const settled = (own: number[]) => {
    const viewer = window.negatoscope?.viewer
    const open = Array.from({ length: 16 }, (_, at) => at).flatMap((at) => {
      const state = viewer?.canvas(at) && viewer.state(at)
      return state && state.seriesId !== null ? [state] : []
    })
    const isSettled = ({ seriesId, instanceId, status, cachedFrames, totalFrames }: (typeof open)[number]) =>
      own.includes(seriesId ?? 0) &&
      (status === 'message' ||
        // Planes are made as they are looked at.
        (status === 'shown' && ((instanceId ?? 0) < 0 || cachedFrames === totalFrames)))
    return open.length > 0 && open.every(isSettled)
  }
  await page.evaluate((id) => window.negatoscope?.viewer.open([id]), studyId)
  try {
    await page.until(settled, series)
    for (const index of [5, 15]) {
      await page.evaluate((at) => window.negatoscope?.viewer.goto(0, at), index)
      await page.until(settled, series)
    }
  } catch (error) {
    const states = await page.evaluate(() => [0, 1, 2, 3].map((at) => window.negatoscope?.viewer.state(at)))
    throw new Error(`${kindOf(number)}, study ${number}: ${JSON.stringify(states)}`, { cause: error })
  }
  await page.press('Escape')
  await page.until(() => document.querySelector('[role="grid"], [role="table"], table') !== null)
}
