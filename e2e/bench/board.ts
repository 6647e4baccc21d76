import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { goTo } from '../browser/pages.ts'
import { find } from '../run/debianPackages.ts'
import { startWorkstation } from '../workstation/startWorkstation.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { fillWithOrders, ORDERS } from './manyOrders.ts'
import { type Measured, summary } from './measure.ts'
import { within } from './row.ts'
import type { Scenario } from './scenario.ts'

/** The board shows so many at most, and says so. */
const SHOWN = 1500
/** All of them in the week that is shown: more than any clinic plans. The board of the day stands until then. */
const WEEK_DAYS = 7
const OPENED_MS = 1000
/** What a person takes for at once. */
const AT_ONCE_MS = 100
/** The first figure stands in every microchip, so that it leaves all of them; each further one leaves fewer. */
const [FIRST, ...FURTHER] = '471'

/** The front desk's board of a week among many requests: from the click to the cards, and from a key to what it leaves. */
export const board: Scenario = {
  name: 'board',
  run: async ({ runs }) => {
    const executablePath = find('chromium')
    if (executablePath === undefined) throw new Error('Chromium is not installed (apt-get install chromium)')
    using folder = temporaryFolder()
    const dataFolder = join(folder.path, 'data')
    fillWithOrders(dataFolder, WEEK_DAYS)
    await using workstation = await startWorkstation({ dataFolder })
    const opened: number[] = []
    const filtered: number[] = []
    const found: number[] = []
    for (let run = 0; run < runs; run += 1) {
      await using browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      await page.goto(workstation.url)
      await goTo(page, 'Front desk')
      await page.getByText('Bench').first().waitFor()
      opened.push(await timed(page, 'pointerdown', () => page.getByText('Week', { exact: true }).click()))
      await page.getByText(`${SHOWN.toLocaleString('en')} requests`, { exact: true }).waitFor()
      filtered.push(await slowestKey(page))
      found.push(await findLast(page))
    }
    const name = (what: string) =>
      `Board of a week, ${SHOWN.toLocaleString('en')} of ${ORDERS.toLocaleString('en')} requests, ${what}`
    const row = (what: string, ours: Measured, atMost: number) => within({ name: name(what), unit: 'ms', ours }, atMost)
    return [
      row('until it is shown', summary(opened), OPENED_MS),
      row('until a key has filtered it', summary(filtered), AT_ONCE_MS),
      row('until one that it does not show is found', summary(found), OPENED_MS),
    ]
  },
}

async function slowestKey(page: Page): Promise<number> {
  await page.getByLabel('Find on the board').focus()
  await page.keyboard.press(FIRST ?? '')
  let slowest = 0
  for (const key of FURTHER) {
    slowest = Math.max(slowest, await timed(page, 'keydown', () => page.keyboard.press(key)))
  }
  return slowest
}

/** A request that stands behind those that are shown: from the key that completes its name to its card. */
async function findLast(page: Page): Promise<number> {
  await page.getByLabel('Find on the board').fill(`bench ${ORDERS - 1}0`)
  await page.getByText('0 requests', { exact: true }).waitFor()
  return await timed(page, 'keydown', () => page.keyboard.press('Backspace'))
}

/** From the next event of this kind to the frame in which the first column counts otherwise. */
async function timed(page: Page, event: string, act: () => Promise<void>): Promise<number> {
  await page.evaluate(watchCount, event)
  await act()
  return await page.evaluate(() => window.counted ?? Promise.reject(new Error('Nothing is timed')))
}

declare global {
  interface Window {
    counted?: Promise<number>
  }
}

/** Runs in the page; it listens before the event is made. */
function watchCount(event: string): void {
  const count = () => document.querySelector('section[aria-label="Scheduled"] h2')?.textContent
  const before = count()
  window.counted = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`${before} stays after ${event}`)), 10_000)
    addEventListener(
      event,
      ({ timeStamp }) => {
        const look = (now: number) => {
          if (count() === before) requestAnimationFrame(look)
          else resolve(now - timeStamp)
        }
        requestAnimationFrame(look)
      },
      { capture: true, once: true },
    )
  })
}
