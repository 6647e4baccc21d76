import { join } from 'node:path'
import { chromium } from '@playwright/test'
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
import { BETWEEN_CLICKS_MS, type Stack } from './viewerPage.ts'
import { noTimes, timeInBrowser } from './viewerTimes.ts'

const COLD_SECONDS = 1
const WARM_RATIO = 2
const STACK_RATIO = 1.3
const PLANES_MS = 400

/**
 * Local stacks of 300 CT images in Chromium, each run in a browser of its own: the first double click is cold, the second,
 * on another study, warm. Its two clicks come at once, so that nothing is fetched between them; the row beside it has them
 * as a hand does it. The bare figures come from the same page and the same data plane: one POST for the same frames,
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
    const times = noTimes()
    for (let run = 0; run < runs; run += 1) {
      await using browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
      await timeInBrowser(browser, workstation.url, stacks, run, times)
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
          name: `${name}, first image, warm, clicks ${BETWEEN_CLICKS_MS} ms apart`,
          unit: 'ms',
          ours: summary(times.handFirst),
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
      within(
        { name: `three planes of ${STACK_SLICES} CT that are here`, unit: 'ms', ours: summary(times.planes) },
        PLANES_MS,
      ),
    ]
  },
}

export async function stacksOf(ask: Client<WorkstationContract>, { patients }: CtFiles): Promise<Stack[]> {
  const { rows } = await ask.studies.list({})
  return await Promise.all(
    patients.map(async (patient) => {
      const study = rows.find((row) => row.patientName.startsWith(patient))
      const [series] = study ? await ask.studies.series({ studyId: study.studyId }) : []
      if (!study || !series) throw new Error(`${patient} is not in the archive`)
      const images = await ask.studies.images({ seriesId: series.seriesId })
      return {
        patient,
        studyId: study.studyId,
        seriesId: series.seriesId,
        instanceIds: images.map((image) => image.instanceId),
      }
    }),
  )
}
