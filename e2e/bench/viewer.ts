import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import type { Client } from '#shared/contract/client.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import { find } from '../run/debianPackages.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { type CtFiles, STACK_SLICES } from './ctFiles.ts'
import { summary } from './measure.ts'
import { slowerThanPeer, within } from './row.ts'
import type { Scenario } from './scenario.ts'
import { storescu } from './sender.ts'
import { bareFirstImage, bareStack, type Stack, timeOpening } from './viewerPage.ts'

const COLD_SECONDS = 1
const WARM_RATIO = 3
const STACK_RATIO = 1.8

interface Times {
  coldFirst: number[]
  coldStack: number[]
  warmFirst: number[]
  warmStack: number[]
  bareFirst: number[]
  bareStack: number[]
}

/**
 * Local stacks of 300 CT images in Chromium, each run in a browser of its own: the first double click is cold, the second,
 * on another study, warm. The bare figures come from the same page and the same data plane: one POST for the same frames,
 * read into Int16Array views, the first one windowed and put on a 2D canvas.
 */
export const viewer: Scenario = {
  name: 'viewer',
  run: async ({ runs, ctFiles }) => {
    const executablePath = find('chromium')
    if (executablePath === undefined) throw new Error('Chromium is not installed (apt-get install chromium)')
    using folder = temporaryFolder()
    await using workstation = await startWorkstation({ dataFolder: join(folder.path, 'data') })
    const files = ctFiles()
    await storescu({ aeTitle: workstation.aeTitle, port: workstation.dicomPort }, [files.folder])
    using connection = await connect(workstation.url)
    const stacks = await stacksOf(connection.ask, files)
    const times: Times = {
      coldFirst: [],
      coldStack: [],
      warmFirst: [],
      warmStack: [],
      bareFirst: [],
      bareStack: [],
    }
    for (let run = 0; run < runs; run += 1) {
      await using browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
      await oneBrowser(browser, workstation.url, stacks, run, times)
    }
    const name = `open ${STACK_SLICES} local CT in Chromium`
    const bare = 'bare fetch'
    const cold = summary(times.coldFirst.map((ms) => ms / 1000))
    return [
      within({ name: `${name}, first image, cold`, unit: 's', ours: cold }, COLD_SECONDS),
      slowerThanPeer(
        {
          name: `${name}, first image, warm`,
          unit: 'ms',
          ours: summary(times.warmFirst),
          peer: summary(times.bareFirst),
          peerName: `${bare} and draw`,
        },
        WARM_RATIO,
      ),
      slowerThanPeer(
        {
          name: `${name}, whole stack`,
          unit: 'ms',
          ours: summary(times.warmStack),
          peer: summary(times.bareStack),
          peerName: `${bare} and views`,
          note: `cold ${Math.round(summary(times.coldStack).median ?? 0)} ms`,
        },
        STACK_RATIO,
      ),
    ]
  },
}

async function stacksOf(ask: Client<WorkstationContract>, { patients }: CtFiles): Promise<Stack[]> {
  const { rows } = await ask.studies.list({})
  return await Promise.all(
    patients.map(async (patient) => {
      const study = rows.find((row) => row.patientName.startsWith(patient))
      const [series] = study ? await ask.studies.series({ studyId: study.studyId }) : []
      if (!series) throw new Error(`${patient} is not in the archive`)
      const images = await ask.studies.images({ seriesId: series.seriesId })
      return { patient, seriesId: series.seriesId, instanceIds: images.map((image) => image.instanceId) }
    }),
  )
}

async function oneBrowser(browser: Browser, url: string, stacks: Stack[], run: number, times: Times): Promise<void> {
  const [first, second, third] = stacks
  if (!first || !second || !third) throw new Error('Three stacks are needed')
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(url)
  const cold = await timeOpening(page, first)
  times.coldFirst.push(cold.firstMs)
  times.coldStack.push(cold.stackMs)

  const ours = async () => {
    const warm = await timeOpening(page, second)
    times.warmFirst.push(warm.firstMs)
    times.warmStack.push(warm.stackMs)
  }
  const bare = async () => {
    // The page's own first call of this code is not warm yet, as little as ours was.
    await bareFirstImage(page, first)
    times.bareFirst.push(await bareFirstImage(page, second))
    await bareStack(page, third)
    times.bareStack.push(await bareStack(page, second))
  }
  if (run % 2 === 0) {
    await ours()
    await bare()
  } else {
    await bare()
    await ours()
  }
}
