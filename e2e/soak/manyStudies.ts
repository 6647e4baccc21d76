import { join } from 'node:path'
// Brings the type of window.negatoscope.
import type {} from '../corpus/readBack.ts'
import { ctSeries } from '../crash/storedInstance.ts'
import { StoreSender } from '../crash/storeSender.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation, type Workstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { until } from '../workstation/until.ts'
import { type Check, megabytes, type SoakOptions } from './check.ts'
import { type Chromium, type Memory, openChromium } from './chromium.ts'

const IMAGES = 16
const FIRST_LOOK = 10
const LOOK_EVERY = 50
const MAY_GROW = 1.05
/** Every so many studies one of the demo studies: X-ray, a clip, several series. Before the first look each of them once. */
const DEMO_EVERY = 8
const DEMO_EVERY_AT_FIRST = 3

/** Studies are opened, scrolled through and closed again: what the page needs does not grow. */
export async function manyStudies({ studies }: SoakOptions): Promise<Check[]> {
  using folder = temporaryFolder()
  await using workstation = await startWorkstation({ dataFolder: join(folder.path, 'data') })
  using connection = await connect(workstation.url)
  await connection.ask.settings.addDemoStudies({})
  const demo = (await connection.ask.studies.list({})).rows.map(({ studyId }) => studyId)
  await store(workstation, studies)
  const stored = await until('all studies', async () => {
    const found: number[] = []
    for (let offset = 0; offset === found.length; offset += 200) {
      const { rows } = await connection.ask.studies.list({ offset, limit: 200 })
      found.push(...rows.map(({ studyId }) => studyId))
    }
    return found.length >= studies + demo.length ? found.filter((studyId) => !demo.includes(studyId)) : undefined
  })

  await using chromium = await openChromium()
  await chromium.goto(workstation.url)
  await chromium.until(() => window.negatoscope !== undefined)
  const looks: { after: number; memory: Memory }[] = []
  let demos = 0
  for (const [index, studyId] of stored.entries()) {
    const every = index < FIRST_LOOK ? DEMO_EVERY_AT_FIRST : DEMO_EVERY
    if (index % every === every - 1) await openAndClose(chromium, demo[demos++ % demo.length] ?? studyId)
    await openAndClose(chromium, studyId)
    const after = index + 1
    if (after === FIRST_LOOK || after % LOOK_EVERY === 0 || after === stored.length)
      looks.push({ after, memory: await chromium.memory() })
  }
  const told = looks.map(
    ({ after, memory }) =>
      `after ${after} ${megabytes(memory.heapBytes)} / ${megabytes(memory.aliveBytes)} / ${megabytes(memory.rendererBytes)}`,
  )
  console.log(`       heap / alive in the process / process: ${told.join(', ')}`)
  return [
    growth('JS heap', looks, ({ heapBytes }) => heapBytes),
    growth('alive in the renderer', looks, ({ aliveBytes }) => aliveBytes),
    growth('renderer', looks, ({ rendererBytes }) => rendererBytes),
  ]
}

function growth(what: string, looks: { after: number; memory: Memory }[], bytesOf: (memory: Memory) => number): Check {
  const [first, last] = [looks[0], looks.at(-1)]
  if (!first || !last || first === last) return { name: what, passed: false, told: 'more than ten studies are needed' }
  const ratio = bytesOf(last.memory) / bytesOf(first.memory)
  return {
    name: `${what}, ${last.after} studies opened and closed`,
    passed: ratio <= MAY_GROW,
    told: `${megabytes(bytesOf(first.memory))} after ${first.after}, ${megabytes(bytesOf(last.memory))} after ${last.after}: ${((ratio - 1) * 100).toFixed(1)} % more, at most 5 %`,
  }
}

async function store({ dicomPort, aeTitle }: Workstation, studies: number): Promise<void> {
  const sender = await StoreSender.open(dicomPort, aeTitle)
  if (!sender) throw new Error('The association was not accepted')
  for (let series = 0; series < studies; series += 1) {
    const instance = ctSeries({ series })
    for (let number = 1; number <= IMAGES; number += 1) {
      const answer = await sender.store(instance(number))
      if (answer?.status !== 0) throw new Error(`Not stored: ${answer?.status ?? 'no answer'}`)
    }
  }
  await sender.release()
}

/** As a person reads it: all of it comes, a few images are looked at, back to the list. */
async function openAndClose(page: Chromium, studyId: number): Promise<void> {
  await page.evaluate((id) => window.negatoscope?.viewer.open([id]), studyId)
  await page.until(() => {
    const state = window.negatoscope?.viewer.state(0)
    const isWhole = state !== undefined && state.totalFrames > 0 && state.cachedFrames === state.totalFrames
    return isWhole && (state.status === 'shown' || state.status === 'message')
  })
  for (const index of [5, 15]) {
    await page.evaluate((at) => window.negatoscope?.viewer.goto(0, at), index)
    await page.until(() => window.negatoscope?.viewer.state(0).status !== 'loading')
  }
  await page.press('Escape')
  await page.until(() => document.querySelector('[role="grid"], [role="table"], table') !== null)
}
