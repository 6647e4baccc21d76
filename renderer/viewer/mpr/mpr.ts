import { reducedGeometry, volumeMemory } from '#shared/imaging/reducedVolume.ts'
import { type ReformatAxis, straightDirections } from '#shared/imaging/reformatPlanes.ts'
import { volumeGeometry } from '#shared/imaging/volumeGeometry.ts'
import { fitScale, wholeImage } from '../camera.ts'
import { goNearest, pointInBody } from '../crosshair.ts'
import { fileWindows } from '../defaultWindow.ts'
import { memoryBudget } from '../memoryBudget.ts'
import { frames, type Layout, onOpening, setLayout, setTool, type Tool, tileAt, tiles, useSession } from '../session.ts'
import type { Tile, TileSource, TileState } from '../tile.ts'
import { noMpr, useMpr } from './mprState.ts'
import { type PlaneMaker, type PlaneView, planeView } from './planeView.ts'
import { valuesOf } from './reformatter.ts'
import type { Slab } from './resampleMessage.ts'
import { Resampler } from './resampler.ts'
import { Volume, withPadding } from './volume.ts'

type Shown = Pick<TileState, 'source' | 'index' | 'camera' | 'window' | 'windowChosen' | 'inverted'>

export interface OpenVolume {
  volume: Volume
  maker: PlaneMaker
  quadruped: boolean
  /** In the order of `places`; turning puts others in their place. */
  views: PlaneView[]
  giveBack(): void
  /** What else ends with it. */
  alsoEnds?: (() => void) | undefined
  before: { layout: Layout; active: number; tool: Tool; tiles: readonly Shown[] }
}

/** Where each plane hangs; the stack itself stands beside the first. */
const places: readonly ReformatAxis[] = ['transverse', 'dorsal', 'sagittal']
const PLACES = [0, 2, 3] as const
export const STACK_AT = 1

let open: OpenVolume | undefined
onOpening(forgetMpr)

export const openVolume = () => open

/** Cuts the stack of a tile in the three planes of the body. Returns why it cannot be, as a sentence. */
export function startMpr(tile: Tile): string | undefined {
  const { source, stack } = tile.state
  if (!source) return 'Open a stack first: this tile is empty.'
  const found = volumeGeometry(stack)
  if (typeof found === 'string') return found
  const values = valuesOf(stack)
  const geometry = withPadding(found, stack, values.type)
  const sampleBytes = values.type === 'float32' ? 4 : 2
  const { bytes, reduction } = volumeMemory(geometry, sampleBytes, memoryBudget())
  if (reduction === undefined)
    return `The volume needs ${gigabytes(bytes)}, more than this window may use. Open the stack itself, or a series with fewer slices.`
  stopMpr()
  const { layout, active, tool } = useSession.getState()
  const before = { layout, active, tool, tiles: tiles.map(({ state }) => state) }
  const animal = source.study.species !== ''
  const notices = [
    ...(reduction === 1
      ? []
      : [`${reduction === 2 ? 'Half' : 'Quarter'} resolution: the whole needs ${gigabytes(bytes)}`]),
    ...geometry.notices,
  ]
  useMpr.setState({ ...noMpr, state: 'building', total: stack.length, notices, animal })
  const quadruped = stack[0]?.image.anatomicalOrientationType === 'QUADRUPED'
  const resampler = new Resampler(reducedGeometry(geometry, reduction), fail)
  const maker: PlaneMaker = { geometry, stack, source, values, resampler, slab: noMpr.slab }
  const views = places.map((axis) => planeView(maker, axis, straightDirections(axis, quadruped)))
  const volume = new Volume(
    frames,
    { stack, geometry, reduction, type: values.type },
    {
      onSlice: (at, samples, loaded) => {
        resampler.take('base', at, samples)
        // The last ones that are here already come within this very call: one line for all of them is enough.
        if (loaded === stack.length || loaded % 8 === 0) useMpr.setState({ loaded })
      },
      onPresent: (present) => {
        maker.present = present
        useMpr.setState({ state: 'on' })
      },
      onReady: () => {
        maker.present = undefined
        useMpr.setState({ state: 'on' })
      },
      onFailure: fail,
    },
  )
  const giveBack = frames.lend(bytes / reduction ** 2)
  open = { volume, maker, quadruped, views, giveBack, before }
  volume.start()
  hang(tile, source, views)
  return undefined
}

function fail(sentence: string): void {
  useMpr.setState({ notices: [`No volume: ${sentence}`] })
}

/** Back to what was on the light box before. */
export function stopMpr(): void {
  if (!open) return
  const { before } = open
  release(open)
  setLayout(before.layout)
  for (const [position, shown] of before.tiles.entries()) {
    const tile = tileAt(position)
    const now = tile.state
    if (now.source?.set.images[0]?.image.reformat || now.source !== shown.source) putBack(tile, shown)
  }
  useSession.setState({ active: before.active })
  setTool(before.tool)
}

/** Other studies are opened: nothing is put back. */
function forgetMpr(): void {
  if (!open) return
  // The crosshair came with the planes, and goes with them.
  if (useSession.getState().tool === 'crosshair') setTool(open.before.tool)
  release(open)
}

function release({ volume, maker, views, giveBack, alsoEnds }: OpenVolume): void {
  open = undefined
  alsoEnds?.()
  volume.close()
  for (const { end } of views) end()
  maker.resampler.close()
  giveBack()
  useMpr.setState(noMpr)
}

export function setSlab(slab: Slab): void {
  if (!open) return
  useMpr.setState({ slab })
  open.maker.slab = slab
  makeAnew()
}

/** Every picture of the volume, under the terms of now. */
export function makeAnew(): void {
  if (!open) return
  const { slab } = open.maker
  for (const { reformatter } of open.views) reformatter.slab = slab
  drawAnew()
}

export function drawAnew(): void {
  for (const { current } of tiles) if (current?.image.reformat) frames.announce(current)
}

function putBack(tile: Tile, { source, index, camera, window, windowChosen, inverted }: Shown): void {
  if (!source) {
    tile.close()
    return
  }
  tile.open(source, index)
  tile.setCamera(camera)
  if (windowChosen) tile.setWindow(window)
  if (inverted) tile.invert()
}

function hang(tile: Tile, source: TileSource, views: readonly PlaneView[]): void {
  const { index, stack: slices, window, windowChosen, inverted } = tile.state
  // Where the person was; who has not scrolled yet begins in the middle.
  const from = index > 0 ? index : slices.length >> 1
  tile.goTo(from)
  const { current } = tile
  const image = current?.image
  const point = image && pointInBody(tile, [image.columns / 2, image.rows / 2])
  // Without a window in the file each plane would have one of its own, of the values that it happens to cut.
  const isFixed = windowChosen || (current !== undefined && fileWindows(current.image, current.frame).length === 0)
  setLayout({ rows: 2, columns: 2 })
  for (const [at, { set }] of views.entries()) {
    const view = tileAt(PLACES[at] ?? 0)
    view.open({ ...source, set }, (set.images[0]?.image.frames ?? 0) >> 1)
    if (point) goNearest(view, point)
    if (isFixed) view.setWindow(window)
    if (inverted) view.invert()
  }
  alike(views)
  const stack = tileAt(STACK_AT)
  if (stack !== tile) {
    stack.open(source, from)
    if (windowChosen) stack.setWindow(window)
    if (inverted) stack.invert()
  }
  useSession.setState({ active: 0, link: 'position', referenceLines: true })
  setTool('crosshair')
}

/** Smaller than this a plane is not made for the sake of the others: of a whole body it would be a stamp. */
const LEAST_ZOOM = 0.6

/** A millimetre is as long in each plane, where that costs none of them much. */
function alike(views: readonly PlaneView[]): void {
  const stage = tileAt(PLACES[0]).view?.element.closest('section')?.parentElement
  if (!stage || stage.clientWidth === 0) return
  const room = { width: stage.clientWidth / 2, height: stage.clientHeight / 2 }
  const scales = views.map(({ reformatter: { image, planes } }) => fitScale(room, image, 1, 0) / planes.pixel)
  const least = Math.min(...scales)
  if (least < LEAST_ZOOM * Math.max(...scales)) return
  for (const [at, scale] of scales.entries()) tileAt(PLACES[at] ?? 0).setCamera({ ...wholeImage, zoom: least / scale })
}

export const gigabytes = (bytes: number) =>
  bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GB` : `${Math.ceil(bytes / 2 ** 20)} MB`
