import type { Browser } from '@playwright/test'
import { BETWEEN_CLICKS_MS, bareFirstImage, bareStack, type Stack, timeOpening, timePlanes } from './viewerPage.ts'

const measured = [
  'coldFirst',
  'coldStack',
  'warmFirst',
  'warmStack',
  'handFirst',
  'bareFirst',
  'bareStack',
  'planes',
] as const

/** Milliseconds of each run. */
export type Times = Record<(typeof measured)[number], number[]>

export function noTimes(): Times {
  return Object.fromEntries(measured.map((name) => [name, []])) as unknown as Times
}

/** Every other time the bare figures come first: what the run before leaves in the machine hits both alike. */
export async function timeInBrowser(
  browser: Browser,
  url: string,
  stacks: Stack[],
  run: number,
  times: Times,
): Promise<void> {
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
    times.handFirst.push((await timeOpening(page, third, BETWEEN_CLICKS_MS)).firstMs)
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
  times.planes.push(await timePlanes(page))
}
