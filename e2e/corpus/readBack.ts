import type { Page } from '@playwright/test'

/** The page's own reading of what it drew: renderer/viewer/readBack.ts, as far as it is used here. */
interface ViewerReadBack {
  open(studyIds: number[], seriesId?: number): void
  show(tile: number, studyId: number, seriesId: number, instanceId?: number, frame?: number): Promise<void>
  goto(tile: number, index: number): void
  state(tile: number): {
    seriesId: number | null
    instanceId: number | null
    frame: number | null
    index: number
    status: 'empty' | 'loading' | 'shown' | 'message'
    message: string
    windowCenter: number
    windowWidth: number
    cachedFrames: number
    totalFrames: number
  }
  samples(tile: number): {
    width: number
    height: number
    components: number
    values: ArrayLike<number>
    inverted: boolean
  } | null
  canvas(tile: number): HTMLCanvasElement | null
  imageToCanvas(tile: number, pixel: [number, number]): [number, number] | null
}

declare global {
  interface Window {
    negatoscope?: { viewer: ViewerReadBack }
  }
}

export interface Where {
  studyId: number
  seriesId: number
  instanceId: number
}

export interface Statistics {
  min: number
  max: number
  mean: number
}

export type DrawnFrame =
  | { status: 'message'; message: string }
  | {
      status: 'shown'
      width: number
      height: number
      components: number
      inverted: boolean
      windowCenter: number
      windowWidth: number
      /** One a component. */
      statistics: Statistics[]
      /** At the asked pixels, component after component. */
      voxels: number[]
      /** Mean brightness (0..255) of `GRID` x `GRID` cells of the drawn image, read from the canvas. */
      cells: number[]
      /** Canvas positions of the first and the last pixel. */
      corners: [[number, number], [number, number]]
    }

export const GRID = 8

/** Opens the viewer's page once, so that its code is there. */
export async function openViewer(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: 'Viewer' }).first().click()
  await page.waitForFunction(() => window.negatoscope !== undefined)
}

const TIMEOUT_MS = 45_000

/** Opens the study as a double click does, then this instance of it; returns the place of its first frame in the stack. */
export async function show(page: Page, { studyId, seriesId, instanceId }: Where): Promise<number> {
  await page.evaluate(([study, series]) => window.negatoscope?.viewer.open([study], series), [
    studyId,
    seriesId,
  ] as const)
  const isOpen = (series: number) => window.negatoscope?.viewer.state(0).seriesId === series
  await page.waitForFunction(isOpen, seriesId, { timeout: TIMEOUT_MS })
  await page.evaluate(([study, series, instance]) => window.negatoscope?.viewer.show(0, study, series, instance, 0), [
    studyId,
    seriesId,
    instanceId,
  ] as const)
  const isThere = (instance: number) => window.negatoscope?.viewer.state(0).instanceId === instance
  await page.waitForFunction(isThere, instanceId, { timeout: TIMEOUT_MS })
  return page.evaluate(() => window.negatoscope?.viewer.state(0).index ?? 0)
}

/** Goes to a frame and reads it back once it is drawn, or the message in its place. */
export async function readFrame(
  page: Page,
  index: number,
  frame: number,
  pixels: [number, number][],
): Promise<DrawnFrame> {
  await page.evaluate((at) => window.negatoscope?.viewer.goto(0, at), index)
  await page.waitForFunction(
    (wanted) => {
      const state = window.negatoscope?.viewer.state(0)
      return state?.status === 'message' || (state?.status === 'shown' && state.frame === wanted)
    },
    frame,
    { timeout: TIMEOUT_MS },
  )
  // Two frames of the screen: what is read is what was painted.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  return page.evaluate(readDrawn, { pixels, grid: GRID })
}

/** Runs in the page. */
function readDrawn({ pixels, grid }: { pixels: [number, number][]; grid: number }): DrawnFrame {
  const viewer = window.negatoscope?.viewer
  if (!viewer) throw new Error('The viewer is not loaded')
  const { status, message, windowCenter, windowWidth } = viewer.state(0)
  const samples = viewer.samples(0)
  const canvas = viewer.canvas(0)
  if (status !== 'shown' || !samples || !canvas) return { status: 'message', message }
  const { width, height, components, values, inverted } = samples

  const statistics = Array.from({ length: components }, (_, component) => {
    let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
    for (let at = component; at < width * height * components; at += components) {
      const value = values[at] ?? Number.NaN
      if (value < min) min = value
      if (value > max) max = value
      sum += value
    }
    return { min, max, mean: sum / (width * height) }
  })
  const voxels = pixels.flatMap(([x, y]) =>
    Array.from(
      { length: components },
      (_, component) => values[(y * width + x) * components + component] ?? Number.NaN,
    ),
  )

  const first = viewer.imageToCanvas(0, [0, 0]) ?? [0, 0]
  const last = viewer.imageToCanvas(0, [width - 1, height - 1]) ?? [0, 0]
  const copy = document.createElement('canvas')
  copy.width = canvas.width
  copy.height = canvas.height
  const context = copy.getContext('2d')
  if (!context) throw new Error('No 2D context')
  context.drawImage(canvas, 0, 0)
  const picture = context.getImageData(0, 0, copy.width, copy.height)
  const cells = Array.from({ length: grid * grid }, (_, cell) => {
    const span = (from: number, to: number, at: number) => {
      const a = from + ((to - from) * at) / grid
      const b = from + ((to - from) * (at + 1)) / grid
      return [Math.ceil(Math.min(a, b)), Math.floor(Math.max(a, b))] as const
    }
    const [x0, x1] = span(first[0], last[0], cell % grid)
    const [y0, y1] = span(first[1], last[1], Math.floor(cell / grid))
    let [sum, count] = [0, 0]
    for (let y = Math.max(y0, 0); y < Math.min(y1, picture.height); y += 1) {
      for (let x = Math.max(x0, 0); x < Math.min(x1, picture.width); x += 1) {
        const at = (y * picture.width + x) * 4
        sum += ((picture.data[at] ?? 0) + (picture.data[at + 1] ?? 0) + (picture.data[at + 2] ?? 0)) / 3
        count += 1
      }
    }
    return count === 0 ? Number.NaN : sum / count
  })
  const corners: [[number, number], [number, number]] = [first, last]
  return {
    status: 'shown',
    width,
    height,
    components,
    inverted,
    windowCenter,
    windowWidth,
    statistics,
    voxels,
    cells,
    corners,
  }
}
