import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { chromium, type Page } from '@playwright/test'
import { chooseSource, search, studyRow } from '../browser/pages.ts'
// Brings the type of window.negatoscope.
import type {} from '../corpus/readBack.ts'
import { pacedRoad } from '../crash/pacedRoad.ts'
import { find } from '../run/debianPackages.ts'
import { addServer } from '../workstation/addServer.ts'
import { type Connection, connect } from '../workstation/connect.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { STACK_SLICES } from './ctFiles.ts'
import { summary } from './measure.ts'
import { within } from './row.ts'
import type { Scenario } from './scenario.ts'
import { storescu } from './sender.ts'

const VISIBLE_S = 1.5
/** As over a line of 100 Mbit/s: 300 images take a quarter of a minute. */
const MS_AN_IMAGE = 45

/** A person retrieves a CT and opens what has come: from its first image in the archive until one is on the screen. */
export const whileRetrieving: Scenario = {
  name: 'while-retrieving',
  run: async ({ runs, ctFiles }) => {
    const executablePath = find('chromium')
    if (executablePath === undefined) throw new Error('Chromium is not installed (apt-get install chromium)')
    using folder = temporaryFolder()
    const files = ctFiles()
    await using pacs = await startWorkstation({ dataFolder: join(folder.path, 'pacs'), aeTitle: 'PACS', enable: 'qr' })
    await storescu({ aeTitle: pacs.aeTitle, port: pacs.dicomPort }, [files.folder])
    await using road = await pacedRoad(pacs.dicomPort, MS_AN_IMAGE)
    await using workstation = await startWorkstation({ dataFolder: join(folder.path, 'data') })
    using connection = await connect(workstation.url)
    await addServer(connection.ask, { name: 'Far PACS', aeTitle: 'PACS', port: road.port, retrieveBy: 'get' })
    await using browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(workstation.url)
    await page.waitForFunction(() => window.negatoscope !== undefined)
    const times: number[] = []
    const there: number[] = []
    for (const patient of files.patients.slice(0, Math.max(1, Math.min(runs, files.patients.length)))) {
      const { seconds, instances } = await once(page, connection, patient)
      times.push(seconds)
      there.push(instances)
    }
    const name = `first image visible after the first of ${STACK_SLICES} CT came, by GET`
    const note = `with ${there.join(', ')} of ${STACK_SLICES} here`
    return [within({ name, unit: 's', ours: summary(times), note }, VISIBLE_S)]
  },
}

async function once(page: Page, { ask }: Connection, patient: string) {
  const given = patient.split('^')[1] ?? patient
  await chooseSource(page, 'Far PACS')
  await search(page, given)
  await studyRow(page, given).click()
  const isHere = async () =>
    (await ask.studies.list({})).rows.find((row) => row.patientName === patient)?.instances ?? 0
  const arrival = (async () => {
    while ((await isHere()) === 0) await delay(5)
    return performance.now()
  })()
  await page.getByRole('button', { name: /^Retrieve/ }).click()
  await page.getByRole('button', { name: 'Open what has come' }).click()
  await page.waitForFunction(() => window.negatoscope?.viewer.state(0)?.status === 'shown')
  const seconds = (performance.now() - (await arrival)) / 1000
  const instances = await isHere()
  if (instances >= STACK_SLICES) throw new Error('The retrieve was over before anything was seen')
  await page.getByRole('button', { name: 'Back to studies' }).click()
  for (const row of await ask.transfers.history({ kind: 'retrieve' }))
    if (row.endedAt === null) await ask.transfers.cancel({ transferId: row.transferId })
  return { seconds, instances }
}
