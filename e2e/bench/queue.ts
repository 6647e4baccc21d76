import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { openArchive } from '#electron/archive/openArchive.ts'
import { peerOf } from '#electron/servers/peer.ts'
import { queueFields } from '#electron/transfers/keptTransfer.ts'
import { openTestWorkstation } from '#electron/transfers/testing/testWorkstation.ts'
import { TransferLog } from '#electron/transfers/transferLog.ts'
import { startStorescp } from '../peers/dcmtk.ts'
import { find } from '../run/debianPackages.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { CT_IMAGES } from './ctFiles.ts'
import { interleave, seconds, summary } from './measure.ts'
import { type Row, slowerThanPeer, within } from './row.ts'
import type { Scenario } from './scenario.ts'

const OVERHEAD = 1.05
const HISTORY = 100_000
const OPENS_IN_S = 0.5
const VISIBLE_MS = 700
/** Two sends of the same images differ by a tenth and more: few pairs tell nothing of a twentieth. */
const PAIRS = { full: 15, quick: 3 }

/** The same images by the same thread over the same road: as a durable job, and without one. */
export const queue: Scenario = {
  name: 'queue',
  run: async ({ runs, quick, ctFiles }) => [
    await overhead(quick ? PAIRS.quick : PAIRS.full, ctFiles().folder),
    ...(await history(runs, quick)),
  ],
}

async function overhead(pairs: number, files: string) {
  using folder = temporaryFolder()
  const arrived = join(folder.path, 'arrived')
  await using peer = await startStorescp({ folder: arrived })
  const workstation = await openTestWorkstation('BENCH', join(folder.path, 'data'))
  try {
    const images = readdirSync(files).map((name) => ({ name, bytes: readFileSync(join(files, name)) }))
    const { transferId } = await workstation.importFiles(images)
    const { studyIds } = await workstation.ended(transferId)
    // Nothing is asked there afterwards: this is about sending.
    const more = { aeTitle: peer.aeTitle, queryRetrieve: false }
    const serverId = workstation.addServer('Peer', peer.port, more)
    const counted = async (act: () => Promise<unknown>) => {
      const elapsed = await seconds(act)
      const there = readdirSync(arrived)
      for (const name of there) rmSync(join(arrived, name))
      if (there.length !== CT_IMAGES) throw new Error(`${there.length} of ${CT_IMAGES} arrived`)
      return elapsed
    }
    const bare = async () => {
      const { servers, settings, certificates, archive, node } = workstation
      const instances = await archive.reader.locate({ studyIds })
      const to = peerOf(servers.get(serverId), settings.current(), certificates)
      for await (const { outcome } of node.send(to, instances, new AbortController().signal))
        if (outcome !== 'success') throw new Error('An image was not taken')
    }
    const asJob = async () => {
      const [sendId = ''] = await workstation.transfers.send({ serverIds: [serverId], selection: { studyIds } })
      const { state, message } = await workstation.ended(sendId, 120_000)
      if (state !== 'done') throw new Error(message)
    }
    const { ours, theirs } = await interleave(pairs, {
      ours: () => counted(asJob),
      theirs: () => counted(bare),
    })
    const name = `send ${CT_IMAGES} CT as a durable job`
    return slowerThanPeer({ name, unit: 's', ours, peer: theirs, peerName: 'without the queue' }, OVERHEAD)
  } finally {
    await workstation.stop()
  }
}

async function history(runs: number, quick: boolean) {
  using folder = temporaryFolder()
  const count = quick ? HISTORY / 10 : HISTORY
  const many = count.toLocaleString('en')
  const archive = await openArchive(folder.path)
  let opened: Row
  try {
    const now = Date.now()
    for (let at = 0; at < count; at += 1000)
      await archive.writer.saveTransfers(
        Array.from({ length: 1000 }, (_, index) => ({ row: kept(now, at + index), items: [] })),
      )
    const { ours } = await interleave(Math.max(3, runs), {
      ours: () =>
        seconds(async () => {
          const log = await TransferLog.load(archive)
          await log.history({ limit: 200 })
        }),
    })
    opened = within({ name: `a history of ${many} transfers opens`, unit: 's', ours }, OPENS_IN_S)
  } finally {
    await archive.close()
  }
  const visible = await historyVisible(folder.path, Math.max(3, runs))
  const name = `Transfers with a history of ${many} visible after the click`
  return [opened, within({ name, unit: 'ms', ours: summary(visible) }, VISIBLE_MS)]
}

/** From the press on Transfers until its rows are on the screen, each time in a window of its own. */
async function historyVisible(dataFolder: string, runs: number): Promise<number[]> {
  const executablePath = find('chromium')
  if (executablePath === undefined) throw new Error('Chromium is not installed (apt-get install chromium)')
  await using workstation = await startWorkstation({ dataFolder })
  await using browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
  const times: number[] = []
  for (let run = 0; run < runs; run += 1) {
    await using context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await page.goto(workstation.url)
    const button = page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Transfers' })
    await button.waitFor()
    const startedAt = performance.now()
    await button.click()
    await page.getByRole('grid', { name: 'Transfers' }).getByRole('row').filter({ hasText: 'Bench' }).nth(5).waitFor()
    times.push(performance.now() - startedAt)
  }
  return times
}

function kept(now: number, at: number) {
  return {
    ...queueFields,
    ...{ transferId: `bench-${at}`, kind: 'send' as const, state: 'done' as const, title: 'Bench', peer: 'Peer' },
    ...{ startedAt: now - at * 1000, endedAt: now - at * 1000, total: 300, done: 300, warnings: 0, failed: 0 },
    ...{ duplicates: 0, bytes: 1, bytesPerSecond: 1, message: '', canRetry: false, studyIds: [at], plan: '' },
  }
}
