/**
 * What the picture on the screen is made of, for tests and benches of the built program. Read-only: nothing here changes
 * data, and every value comes from the very image that is drawn. The exact form is `ReadBack`, found as
 * `window.negatoscope.viewer` once the viewer's code is loaded (soon after the page; `open` shows the viewer's page).
 */

import { useNavigation } from '../app/navigation.ts'
import { apply } from './camera.ts'
import { fetchSeries, fetchStudies } from './fetchStudies.ts'
import { openSeries } from './openSeries.ts'
import { tileAt } from './session.ts'

export interface ReadBack {
  /** Shows studies as a double click does, the named series first. */
  open(studyIds: number[], seriesId?: number): void
  /** Shows one image of a series in a tile; resolves when the stack is in the tile, not when it is drawn. */
  show(tileIndex: number, studyId: number, seriesId: number, instanceId?: number, frame?: number): Promise<void>
  /** Goes to a position of the tile's stack, from 0. */
  goto(tileIndex: number, index: number): void
  state(tileIndex: number): TileReadBack
  /** The drawn image's samples; null unless `state` is 'shown'. Colour is interleaved, three values a pixel. */
  samples(tileIndex: number): SamplesReadBack | null
  /** The canvas that is on the screen. */
  canvas(tileIndex: number): HTMLCanvasElement | null
  /** Centre of a pixel (column, row, from 0) as pixel of that canvas (not CSS pixels); null unless 'shown'. */
  imageToCanvas(tileIndex: number, pixel: [number, number]): [number, number] | null
}

export interface TileReadBack {
  seriesId: number | null
  instanceId: number | null
  /** Within the instance, from 0. */
  frame: number | null
  /** Position in the stack, from 0. */
  index: number
  status: 'empty' | 'loading' | 'shown' | 'message'
  message: string
  windowCenter: number
  windowWidth: number
  cachedFrames: number
  totalFrames: number
}

export interface SamplesReadBack {
  width: number
  height: number
  /** 1, or 3 for RGB. */
  components: number
  /** Type of `stored`, as delivered: uint8 ... float64, rgb8. */
  type: string
  /** As delivered, before rescale. */
  stored: ArrayLike<number>
  /** After slope and intercept: the same type where these are 1 and 0, else Float64Array. */
  values: ArrayLike<number>
  slope: number
  intercept: number
  /** Low values are white (MONOCHROME1). */
  inverted: boolean
}

declare global {
  interface Window {
    negatoscope?: { viewer: ReadBack }
  }
}

function shownView(tileIndex: number) {
  const tile = tileAt(tileIndex)
  return tile.isDrawn && !tile.view?.picture?.coarse ? tile.view : undefined
}

const viewer: ReadBack = {
  open: (studyIds, seriesId) => useNavigation.getState().openStudies(studyIds, seriesId),
  show: async (tileIndex, studyId, seriesId, instanceId, frame) => {
    const [studies, series] = await Promise.all([fetchStudies([studyId]), fetchSeries(studyId)])
    const ofSeries = series.find((each) => each.seriesId === seriesId)
    if (!studies[0] || !ofSeries) throw new RangeError('no such series')
    await openSeries(tileIndex, studies[0], ofSeries, {
      ...(instanceId === undefined ? {} : { instanceId }),
      ...(frame === undefined ? {} : { frame }),
    })
  },
  goto: (tileIndex, index) => tileAt(tileIndex).stopAt(index),
  state: (tileIndex) => {
    const tile = tileAt(tileIndex)
    const { source, index, status, message, window, stack } = tile.state
    return {
      seriesId: source?.series.seriesId ?? null,
      instanceId: tile.current?.instanceId ?? null,
      frame: tile.current?.frame ?? null,
      index,
      status: status === 'shown' && !shownView(tileIndex) ? 'loading' : status,
      message,
      windowCenter: window.center,
      windowWidth: window.width,
      cachedFrames: tile.loadedFrames,
      totalFrames: source?.total ?? stack.length,
    }
  },
  samples: (tileIndex) => {
    const view = shownView(tileIndex)
    const drawn = view?.drawnImage
    if (!drawn || !view?.picture) return null
    const { slope, intercept, numberOfComponents, width, height } = drawn
    const stored = drawn.getPixelData().slice()
    const values = slope === 1 && intercept === 0 ? stored : Float64Array.from(stored, (v) => v * slope + intercept)
    const { type, inverted } = view.picture.image.samples
    return { width, height, components: numberOfComponents, type, stored, values, slope, intercept, inverted }
  },
  canvas: (tileIndex) => tileAt(tileIndex).view?.canvas ?? null,
  imageToCanvas: (tileIndex, [column, row]) => {
    const view = shownView(tileIndex)
    if (!view) return null
    const [x, y] = apply(view.imageToCanvas(), [column + 0.5, row + 0.5])
    const ratio = window.devicePixelRatio || 1
    return [x * ratio, y * ratio]
  },
}

export function installReadBack(): void {
  window.negatoscope = { viewer }
}
