import { type Browser, chromium } from '@playwright/test'
import { find } from '../run/debianPackages.ts'
import { summary } from './measure.ts'
import { type Row, within } from './row.ts'

const VISIBLE_MS = 700

/** From the load event of the page until rows of studies are on the screen. */
export async function listVisible(url: string, runs: number, studies: string): Promise<Row> {
  const executablePath = find('chromium')
  if (executablePath === undefined) throw new Error('Chromium is not installed (apt-get install chromium)')
  await using browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
  const times: number[] = []
  for (let run = 0; run < runs; run += 1) times.push(await once(browser, url))
  return within(
    { name: `list of ${studies} studies visible after the page loads`, unit: 'ms', ours: summary(times) },
    VISIBLE_MS,
  )
}

/** A window of its own each time: nothing is in its cache. */
async function once(browser: Browser, url: string): Promise<number> {
  await using context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.goto(url, { waitUntil: 'commit' })
  const seen = await page.waitForFunction(() => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    const isThere = document.querySelectorAll('tr, [role="row"]').length > 5
    if (!isThere || !navigation || navigation.loadEventEnd === 0) return undefined
    return Math.max(1, performance.now() - navigation.loadEventEnd)
  })
  return (await seen.jsonValue()) ?? Number.NaN
}
