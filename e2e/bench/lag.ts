import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { z } from 'zod'
import { ctSeries } from '../crash/storedInstance.ts'
import { StoreSender } from '../crash/storeSender.ts'
import { find } from '../run/debianPackages.ts'
import { connect } from '../workstation/connect.ts'
import { startWorkstation, type Workstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { until } from '../workstation/until.ts'
import { playClip, watchClip } from './cine.ts'
import { summary } from './measure.ts'
import { type Row, within } from './row.ts'
import type { Scenario } from './scenario.ts'

const RATE = 150
const ASSOCIATIONS = 4
const WATCHED_MS = { full: 15_000, quick: 5000 }
const LAG_MS = 50
const CLIP_PATIENT = 'Robin'

const lag = z.object({ p99Ms: z.number(), maxMs: z.number() })

/** 512 x 512 CT images come in at a steady pace while a person watches a clip: the page and the host's main thread. */
export const lagWhileReceiving: Scenario = {
  name: 'lag',
  run: async ({ quick, runs }) => {
    const executablePath = find('chromium')
    if (executablePath === undefined) throw new Error('Chromium is not installed (apt-get install chromium)')
    using folder = temporaryFolder()
    const lagFile = join(folder.path, 'lag.json')
    const preload = join(import.meta.dirname, 'loopLag.ts')
    await using workstation = await startWorkstation({
      dataFolder: join(folder.path, 'data'),
      under: ['env', `LOOP_LAG_FILE=${lagFile}`, `NODE_OPTIONS=--import=${preload}`],
    })
    using connection = await connect(workstation.url)
    await connection.ask.settings.addDemoStudies({})
    await using browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await playClip(page, workstation.url, CLIP_PATIENT)
    const watchedMs = quick ? WATCHED_MS.quick : WATCHED_MS.full
    const measured = { p99: [] as number[], lost: [] as number[], lostAlone: [] as number[], frames: 0, max: 0 }
    for (let run = 0; run < runs; run += 1) {
      measured.lostAlone.push((await watchClip(page, watchedMs)).lost)
      const arriving = receiveAt(workstation, run, watchedMs + 2000)
      await delay(1000)
      await lagSince(workstation, lagFile)
      const { lost, frames } = await watchClip(page, watchedMs)
      const { p99Ms, maxMs } = await lagSince(workstation, lagFile)
      await arriving
      measured.lost.push(lost)
      measured.p99.push(p99Ms)
      measured.frames += frames
      measured.max = Math.max(measured.max, maxMs)
    }
    const while150 = `while ${RATE} CT/s arrive`
    const rows: Row[] = [
      within(
        {
          name: `lag of the main thread, p99, ${while150}`,
          unit: 'ms',
          ours: summary(measured.p99),
          note: `at most ${measured.max.toFixed(0)} ms`,
        },
        LAG_MS,
      ),
      within(
        {
          name: `lost frames of a clip, ${while150}`,
          unit: 'frames',
          ours: summary(measured.lost),
          peer: summary(measured.lostAlone),
          peerName: 'with nothing coming in',
          note: `of ${measured.frames}`,
        },
        0,
      ),
    ]
    return rows
  },
}

async function lagSince({ pid }: Workstation, file: string): Promise<z.infer<typeof lag>> {
  const before = readIfThere(file)
  process.kill(pid, 'SIGUSR2')
  return await until('the figures of the main thread', () => {
    const text = readIfThere(file)
    return text === undefined || text === before ? undefined : lag.parse(JSON.parse(text))
  })
}

function readIfThere(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8')
    return text.endsWith('}') ? text : undefined
  } catch {
    return undefined
  }
}

/** Every association stores at its share of the pace; who falls behind makes the whole measurement fail. */
async function receiveAt({ dicomPort, aeTitle }: Workstation, run: number, forMs: number): Promise<void> {
  const stored = await Promise.all(
    Array.from({ length: ASSOCIATIONS }, async (_, index) => {
      const instances = ctSeries({ series: 100 + run * ASSOCIATIONS + index, rows: 512 })
      const sender = await StoreSender.open(dicomPort, aeTitle)
      if (!sender) throw new Error('The association was not accepted')
      const startedAt = performance.now()
      let number = 0
      for (; performance.now() - startedAt < forMs; number += 1) {
        const due = startedAt + (number * 1000 * ASSOCIATIONS) / RATE
        await delay(Math.max(0, due - performance.now()))
        const answer = await sender.store(instances(number + 1))
        if (answer?.status !== 0) throw new Error(`Not stored: ${answer?.status ?? 'no answer'}`)
      }
      await sender.release()
      return number
    }),
  )
  const rate = (stored.reduce((sum, count) => sum + count, 0) / forMs) * 1000
  if (rate < RATE * 0.95) throw new Error(`Only ${rate.toFixed(0)} of ${RATE} images a second could be received`)
}
