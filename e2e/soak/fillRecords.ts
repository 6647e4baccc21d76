import type { Chromium } from './chromium.ts'

const INTERACTIONS = 160

/**
 * Chromium keeps the first 150 to 250 of what it notes of a page (tasks and frames that took long, shifts, what was
 * fetched, what a key changed), each in a place of its own among what is gone: they are there before anything is measured.
 */
export async function fillRecords(chromium: Chromium): Promise<void> {
  await chromium.evaluate(async () => {
    const LONG_MS = 55
    const ROUNDS = 260
    for (let at = 0; at < ROUNDS; at += 1) await fetch(`data/thumbnail/0?${at}`).then((answer) => answer.text())
    const shifted = document.createElement('div')
    shifted.style.cssText = 'position:absolute;left:0;top:0;width:300px;height:300px'
    document.body.append(shifted)
    for (let at = 0; at < ROUNDS; at += 1) {
      await new Promise<void>((resolve) => {
        requestAnimationFrame(() => {
          shifted.style.top = `${(at % 2) * 200}px`
          const until = performance.now() + LONG_MS
          while (performance.now() < until);
          resolve()
        })
      })
    }
    shifted.remove()
    const said = document.createElement('p')
    said.style.cssText = 'position:absolute;left:0;top:0'
    document.body.append(said)
    const listener = () => {
      said.textContent = `Interaction at ${performance.now()}`
    }
    window.addEventListener('keydown', listener)
    window.addEventListener(
      'soak-filled',
      () => {
        window.removeEventListener('keydown', listener)
        said.remove()
      },
      { once: true },
    )
  })
  for (let at = 0; at < INTERACTIONS; at += 1) {
    await chromium.press('Shift')
    await chromium.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())))
  }
  await chromium.evaluate(() => void window.dispatchEvent(new Event('soak-filled')))
}
