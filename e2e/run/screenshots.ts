import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { CT_PHANTOM } from '#electron/demo/ctPhantom.ts'
// Brings the type of window.negatoscope.
import type {} from '../corpus/readBack.ts'
import { answers } from '../peers/freePort.ts'
import { connect } from '../workstation/connect.ts'
import { start, stop } from '../workstation/spawned.ts'
import { firstLine, headlessMain, startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { fillClinic, PACS } from './clinic.ts'
import { find } from './debianPackages.ts'
import { root, step } from './step.ts'

/** `npm run screenshots`: every page as it stands in the README, taken of the running program. */
const FOLDER = join(root, 'docs', 'screenshots')
const USUAL_PORT = 11112

if ((await step('npm', ['run', '--silent', 'build'])) !== 0) process.exit(2)
mkdirSync(FOLDER, { recursive: true })
await using browser = await chromium.launch({
  ...{ executablePath: find('chromium') ?? 'chromium' },
  chromiumSandbox: process.getuid?.() !== 0,
})
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', colorScheme: 'dark' })
await firstRun(page)
await filled(page)

async function take(name: string): Promise<void> {
  // What slides in has arrived, what is hovered is no longer.
  await page.mouse.move(720, 899)
  await page.waitForTimeout(600)
  await page.screenshot({ path: join(FOLDER, `${name}.png`) })
  console.log(`docs/screenshots/${name}.png`)
}

async function go(name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click()
}

/** A fresh installation: no flags, so nothing listens yet. */
async function firstRun(page: Page): Promise<void> {
  using folder = temporaryFolder()
  const host = start(process.execPath, [headlessMain, '--data', join(folder.path, 'data'), '--web-port', '0'])
  try {
    const { url } = JSON.parse(await firstLine(host)) as { url: string }
    await page.goto(url)
    await page.getByRole('button', { name: 'Start receiving' }).waitFor()
    await take('first-run')
  } finally {
    await stop(host)
  }
}

async function filled(page: Page): Promise<void> {
  using folder = temporaryFolder()
  const dicomPort = (await answers(USUAL_PORT)) ? 0 : USUAL_PORT
  await using workstation = await startWorkstation({
    dataFolder: join(folder.path, 'data'),
    dicomPort,
    accept: 'known',
  })
  using connection = await connect(workstation.url)
  await using _ = await fillClinic(folder.path, workstation, connection)
  await page.goto(workstation.url)
  const bella = page.getByRole('row').filter({ hasText: 'Bella' })
  await bella.click()
  await take('studies')

  await go('Servers')
  await page.getByRole('option', { name: PACS }).click()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await page.getByText(`${PACS} answers, in`).waitFor()
  await take('servers')
  await go('Transfers')
  await page.getByRole('row').filter({ hasText: PACS }).first().click()
  await take('transfers')
  await go('Devices')
  await take('devices')
  await go('Front desk')
  await take('front-desk')
  await go('Settings')
  await take('settings')

  await go('Studies')
  await bella.dblclick()
  await measureRods(page)
  await take('viewer')
}

/** Slice 36 of the demo CT, with the distance of the two rods in the bottle of water: 20 mm. */
async function measureRods(page: Page): Promise<void> {
  await page.waitForFunction(() => window.negatoscope?.viewer.state(0).status === 'shown')
  await page.evaluate(() => window.negatoscope?.viewer.goto(0, 35))
  await page.waitForFunction(() => {
    const state = window.negatoscope?.viewer.state(0)
    return state?.status === 'shown' && state.index === 35
  })
  const pixels = CT_PHANTOM.rods.map(({ xMm, yMm }): [number, number] => [
    xMm / CT_PHANTOM.pixelSpacingMm + (CT_PHANTOM.columns - 1) / 2,
    yMm / CT_PHANTOM.pixelSpacingMm + (CT_PHANTOM.rows - 1) / 2,
  ])
  const places = await page.evaluate((wanted) => {
    const viewer = window.negatoscope?.viewer
    const corner = viewer?.canvas(0)?.getBoundingClientRect()
    return wanted.map((pixel) => {
      const [x, y] = viewer?.imageToCanvas(0, pixel) ?? [0, 0]
      return { x: x + (corner?.x ?? 0), y: y + (corner?.y ?? 0) }
    })
  }, pixels)
  const [from, to] = places
  if (!from || !to) throw new Error('The rods are not in the picture')
  await page.keyboard.press('l')
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 8 })
  await page.mouse.up()
}
