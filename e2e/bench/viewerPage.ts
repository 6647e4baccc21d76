import type { Locator, Page } from '@playwright/test'
// Brings the type of window.negatoscope.
import type {} from '../corpus/readBack.ts'

export interface Stack {
  /** Family and given name as DICOM has them. */
  patient: string
  studyId: number
  seriesId: number
  instanceIds: number[]
}

/** Double click in the study list until the first image is drawn, and until the last one is there. */
export async function timeOpening(
  page: Page,
  stack: Stack,
  betweenClicksMs = 0,
): Promise<{ firstMs: number; stackMs: number }> {
  await page.getByRole('button', { name: 'Studies' }).first().click()
  const given = stack.patient.split('^')[1] ?? stack.patient
  const row = page.getByRole('row').filter({ hasText: given })
  await row.waitFor()
  // The list is there, its thumbnails and the viewer's code are fetched: a person does not click within the first moment.
  await page.waitForFunction(() => window.negatoscope !== undefined)
  await page.waitForTimeout(500)
  const timing = page.evaluate(watchOpening, stack.seriesId)
  await doubleClick(page, row, betweenClicksMs)
  return await timing
}

/** As a hand does it. */
export const BETWEEN_CLICKS_MS = 150

async function doubleClick(page: Page, target: Locator, betweenMs: number): Promise<void> {
  if (betweenMs === 0) return target.dblclick()
  await target.click()
  await page.waitForTimeout(betweenMs)
  await page.mouse.down({ clickCount: 2 })
  await page.mouse.up({ clickCount: 2 })
}

/** The key that opens the planes of the open stack, until all three are drawn whole. */
export async function timePlanes(page: Page): Promise<number> {
  const watch = await page.evaluateHandle(watchPlanes)
  await page.keyboard.press('y')
  return await watch.evaluate(({ drawn }) => drawn)
}

/** Runs in the page. The promise is wrapped: it is waited for only after the key was pressed. */
function watchPlanes(): { drawn: Promise<number> } {
  const drawn = new Promise<number>((resolve, reject) => {
    setTimeout(() => reject(new Error('No planes within 30 s')), 30_000)
    const isPlane = (tile: number) => {
      const state = window.negatoscope?.viewer.state(tile)
      return state?.status === 'shown' && (state.instanceId ?? 0) < 0
    }
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        const look = () => {
          if ([0, 2, 3].every(isPlane)) resolve(performance.now() - timeStamp)
          else requestAnimationFrame(look)
        }
        look()
      },
      { capture: true, once: true },
    )
  })
  return { drawn }
}

/** Runs in the page; the clock starts with the event itself. */
function watchOpening(seriesId: number): Promise<{ firstMs: number; stackMs: number }> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('Not shown within 30 s')), 30_000)
    addEventListener(
      'dblclick',
      ({ timeStamp }) => {
        let firstMs: number | undefined
        const look = (now: number) => {
          const state = window.negatoscope?.viewer.state(0)
          if (state?.seriesId === seriesId) {
            if (state.status === 'message') reject(new Error(state.message))
            if (state.status === 'shown') firstMs ??= now - timeStamp
            const isWhole = state.totalFrames > 0 && state.cachedFrames === state.totalFrames
            if (isWhole && firstMs !== undefined) return resolve({ firstMs, stackMs: now - timeStamp })
          }
          requestAnimationFrame(() => look(performance.now()))
        }
        look(performance.now())
      },
      { capture: true, once: true },
    )
  })
}

/** One fetch of the stack's first frame, windowed and put on a canvas, until the screen has it. */
export function bareFirstImage(page: Page, { instanceIds }: Stack): Promise<number> {
  return page.evaluate(async (instanceId) => {
    const startedAt = performance.now()
    const answer = await fetch('/data/frames', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ frames: [{ instanceId, frame: 0 }] }),
    })
    const samples = new Int16Array(await answer.arrayBuffer(), 16)
    const size = Math.sqrt(samples.length)
    const canvas = document.createElement('canvas')
    canvas.width = size
    canvas.height = size
    canvas.style.cssText = 'position: fixed; inset: 0; z-index: 1000'
    document.body.append(canvas)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('No 2D context')
    const picture = context.createImageData(size, size)
    samples.forEach((stored, at) => {
      const grey = ((stored - 1024 - 40) / 400 + 0.5) * 255
      picture.data.set([grey, grey, grey, 255], at * 4)
    })
    context.putImageData(picture, 0, 0)
    await new Promise((resolve) => requestAnimationFrame(resolve))
    const elapsed = performance.now() - startedAt
    canvas.remove()
    return elapsed
  }, instanceIds[0] ?? 0)
}

/** One fetch of all frames in one response, each seen through a typed array. */
export function bareStack(page: Page, { instanceIds }: Stack): Promise<number> {
  return page.evaluate(async (ids) => {
    const HEADER_BYTES = 16
    const startedAt = performance.now()
    const answer = await fetch('/data/frames', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ frames: ids.map((instanceId) => ({ instanceId, frame: 0 })) }),
    })
    const bytes = await answer.arrayBuffer()
    const header = new DataView(bytes)
    const frames: Int16Array[] = []
    for (let at = 0; at < bytes.byteLength; ) {
      const length = header.getUint32(at + 12, true)
      frames.push(new Int16Array(bytes, at + HEADER_BYTES, length / 2))
      at += HEADER_BYTES + length
    }
    const elapsed = performance.now() - startedAt
    if (frames.length !== ids.length) throw new Error(`${frames.length} of ${ids.length} frames`)
    return elapsed
  }, instanceIds)
}
