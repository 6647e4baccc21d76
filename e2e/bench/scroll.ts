import { join } from 'node:path'
import { chromium } from '@playwright/test'
// Brings the type of window.negatoscope.
import type {} from '../corpus/readBack.ts'
import { ctSeries } from '../crash/storedInstance.ts'
import { StoreSender } from '../crash/storeSender.ts'
import { find } from '../run/debianPackages.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { until } from '../workstation/until.ts'
import { summary } from './measure.ts'
import { within } from './row.ts'
import type { Scenario } from './scenario.ts'

const SLICES = 1000
const QUICK_SLICES = 200
const PER_SECOND = 20
/** Tile of 640 x 400 beside the rail and below the bar. */
const VIEWPORT = { width: 744, height: 440 }

/** A long stack is scrolled through at a steady pace: every slice comes on the screen before the next one is due. */
export const scroll: Scenario = {
  name: 'scroll',
  run: async ({ quick }) => {
    const executablePath = find('chromium')
    if (executablePath === undefined) throw new Error('Chromium is not installed (apt-get install chromium)')
    const slices = quick ? QUICK_SLICES : SLICES
    using folder = temporaryFolder()
    await using workstation = await startWorkstation({ dataFolder: join(folder.path, 'data') })
    const sender = await StoreSender.open(workstation.dicomPort, workstation.aeTitle)
    if (!sender) throw new Error('The association was not accepted')
    const instance = ctSeries({ series: 1, rows: 512 })
    for (let number = 1; number <= slices; number += 1) await sender.store(instance(number))
    await sender.release()
    using connection = await connect(workstation.url)
    const study = await until('the study', async () => (await connection.ask.studies.list({})).rows[0])
    await using browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
    const page = await browser.newPage({ viewport: VIEWPORT })
    await page.goto(workstation.url)
    await page.waitForFunction(() => window.negatoscope !== undefined)
    await page.evaluate((id) => window.negatoscope?.viewer.open([id]), study.studyId)
    await page.waitForFunction(
      (count) => {
        const state = window.negatoscope?.viewer.state(0)
        return state?.cachedFrames === count && state.status === 'shown'
      },
      slices,
      { timeout: 120_000 },
    )
    const lost = await page.evaluate(scrollThrough, { slices, everyMs: 1000 / PER_SECOND })
    const name = `slices of ${slices} at 640 x 400 not shown in time, ${PER_SECOND}/s`
    return [within({ name, unit: 'frames', ours: summary([lost]) }, 0)]
  },
}

/** Runs in the page. */
async function scrollThrough({ slices, everyMs }: { slices: number; everyMs: number }): Promise<number> {
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
  const viewer = window.negatoscope?.viewer
  const startedAt = await frame()
  let lost = 0
  for (let index = 0; index < slices; index += 1) {
    const due = startedAt + index * everyMs
    while (performance.now() < due) await frame()
    viewer?.goto(0, index)
    let isShown = false
    do {
      await frame()
      const state = viewer?.state(0)
      isShown = state?.index === index && state.status === 'shown'
    } while (!isShown && performance.now() < due + everyMs)
    if (!isShown) lost += 1
  }
  return lost
}
