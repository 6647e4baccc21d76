import type { Page } from '@playwright/test'
// Brings the type of window.negatoscope.
import type {} from '../corpus/readBack.ts'

export interface Shown {
  frames: number
  /** Frames of the clip that were due between two shown ones and never came on the screen. */
  lost: number
}

/** Opens a study whose first series is a clip, and plays it. */
export async function playClip(page: Page, url: string, patient: string): Promise<void> {
  await page.goto(url)
  const row = page.getByRole('row').filter({ hasText: patient })
  await row.waitFor()
  await page.waitForFunction(() => window.negatoscope !== undefined)
  await row.dblclick()
  await page.waitForFunction(() => {
    const state = window.negatoscope?.viewer.state(0)
    return state?.status === 'shown' && state.totalFrames > 1 && state.cachedFrames === state.totalFrames
  })
  // It plays by itself.
  await page.getByRole('button', { name: 'Pause', exact: true }).first().waitFor()
}

/** Watches the clip for a while: what each frame of the screen shows. */
export function watchClip(page: Page, forMs: number): Promise<Shown> {
  return page.evaluate((duration) => {
    return new Promise<Shown>((resolve) => {
      const until = performance.now() + duration
      let shown: number | undefined
      const result = { frames: 0, lost: 0 }
      const look = () => {
        const state = window.negatoscope?.viewer.state(0)
        if (state?.status === 'shown' && state.index !== shown) {
          if (shown !== undefined) {
            const step = (state.index - shown + state.totalFrames) % state.totalFrames
            result.lost += step - 1
            result.frames += 1
          }
          shown = state.index
        }
        if (performance.now() < until) requestAnimationFrame(look)
        else resolve(result)
      }
      requestAnimationFrame(look)
    })
  }, forMs)
}
