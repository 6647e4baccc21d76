import type { StackFrame } from '#shared/imaging/displaySets.ts'
import { frameOf } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { volumeMemory } from '#shared/imaging/reducedVolume.ts'
import { type ReformatAxis, type ReformatPlanes, reformatPlanes } from '#shared/imaging/reformatPlanes.ts'
import { type VolumeGeometry, volumeGeometry } from '#shared/imaging/volumeGeometry.ts'
import { goNearest, pointInBody } from '../crosshair.ts'
import { memoryBudget } from '../memoryBudget.ts'
import { frames, type Layout, onOpening, setLayout, setTool, type Tool, tileAt, tiles, useSession } from '../session.ts'
import type { Tile, TileSource, TileState } from '../tile.ts'
import { noMpr, useMpr } from './mprState.ts'
import { Reformatter, type Slab, valuesOf } from './reformatter.ts'
import { Volume } from './volume.ts'

type Shown = Pick<TileState, 'source' | 'index' | 'camera' | 'window' | 'windowChosen' | 'inverted'>

interface Open {
  volume: Volume
  reformatters: readonly { reformatter: Reformatter; instanceId: number; end(): void }[]
  before: { layout: Layout; active: number; tool: Tool; tiles: readonly Shown[] }
}

/** Where each plane hangs; the stack itself stands beside the first. */
const places: readonly ReformatAxis[] = ['transverse', 'dorsal', 'sagittal']
const PLACES = [0, 2, 3] as const
const STACK_AT = 1

let open: Open | undefined
onOpening(forgetMpr)
/** Pictures that no archive has count down from here. */
let madeInstances = 0

/** Cuts the stack of a tile in the three planes of the body. Returns why it cannot be, as a sentence. */
export function startMpr(tile: Tile): string | undefined {
  const { source, stack } = tile.state
  if (!source) return 'Open a stack first: this tile is empty.'
  const geometry = volumeGeometry(stack)
  if (typeof geometry === 'string') return geometry
  const { type, outside } = valuesOf(stack)
  const { bytes, reduction } = volumeMemory(geometry, type === 'float32' ? 4 : 2, memoryBudget())
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
  const reformatters = places.map((axis) => made(axis, geometry, stack, source, { type, outside }))
  const volume = new Volume(
    frames,
    { stack, geometry, reduction, type },
    {
      onProgress: (loaded) => useMpr.setState({ loaded }),
      onReady: (data) => {
        useMpr.setState({ state: 'on' })
        for (const { reformatter } of reformatters) reformatter.volume = data
        redraw()
      },
      onFailure: (sentence) => {
        useMpr.setState({ notices: [`No volume: ${sentence}`] })
      },
    },
  )
  open = { volume, reformatters, before }
  hang(tile, source, reformatters)
  volume.start()
  return undefined
}

/** Back to what was on the light box before. */
export function stopMpr(): void {
  if (!open) return
  const { volume, reformatters, before } = open
  open = undefined
  volume.close()
  useMpr.setState(noMpr)
  for (const { end } of reformatters) end()
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
  open.volume.close()
  for (const { end } of open.reformatters) end()
  open = undefined
  useMpr.setState(noMpr)
}

export function setSlab(slab: Slab): void {
  if (!open) return
  useMpr.setState({ slab })
  for (const { reformatter } of open.reformatters) reformatter.slab = slab
  redraw()
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

function hang(tile: Tile, source: TileSource, reformatters: Open['reformatters']): void {
  const { index, stack: slices, window, windowChosen, inverted } = tile.state
  // Where the person was; who has not scrolled yet begins in the middle.
  const from = index > 0 ? index : slices.length >> 1
  tile.goTo(from)
  const image = tile.current?.image
  const point = image && pointInBody(tile, [image.columns / 2, image.rows / 2])
  setLayout({ rows: 2, columns: 2 })
  for (const [at, { reformatter, instanceId }] of reformatters.entries()) {
    const { image } = reformatter
    const set = {
      key: `mpr/${instanceId}`,
      seriesId: source.set.seriesId,
      images: [{ instanceId, image }],
      clip: false,
    }
    const view = tileAt(PLACES[at] ?? 0)
    view.open({ ...source, set }, image.frames >> 1)
    if (point) goNearest(view, point)
    if (windowChosen) view.setWindow(window)
    if (inverted) view.invert()
  }
  const stack = tileAt(STACK_AT)
  if (stack !== tile) {
    stack.open(source, from)
    if (windowChosen) stack.setWindow(window)
    if (inverted) stack.invert()
  }
  useSession.setState({ active: 0, link: 'position', referenceLines: true })
  setTool('crosshair')
}

function made(
  axis: ReformatAxis,
  geometry: VolumeGeometry,
  stack: readonly StackFrame[],
  source: TileSource,
  { type, outside }: ReturnType<typeof valuesOf>,
) {
  const middle = stack[geometry.order[geometry.order.length >> 1] ?? 0] ?? stack[0]
  if (!middle) throw new RangeError('a volume without slices')
  const planes = reformatPlanes(geometry, axis, middle.image.anatomicalOrientationType === 'QUADRUPED')
  const instanceId = -++madeInstances
  const reformatter = new Reformatter(planes, imageOf(planes, middle, source, type, outside))
  const end = frames.provide(instanceId, (frame) => reformatter.picture(frame))
  return { reformatter, instanceId, end }
}

/** What the viewer must know of the pictures along an axis: everything as in the stack but size and place. */
function imageOf(
  { axis, rows, columns, pixel, planes }: ReformatPlanes,
  { image, frame, instanceId }: StackFrame,
  source: TileSource,
  type: InstanceImage['samples']['type'],
  outside: number | null,
): InstanceImage {
  const { slope, intercept, windows } = frameOf(image, frame)
  const asStored = type === image.samples.type
  const { shutter: _, overlayPlanes: __, pixelPaddingLimit: ___, ...kept } = image
  return {
    ...kept,
    ...{ rows, columns, frames: planes.length, pixelAspect: 1, pixelPaddingValue: outside },
    samples: { type, inverted: image.samples.inverted },
    spacingNote: [image.spacingNote, 'reformatted'].filter(Boolean).join(', '),
    frameTimeMs: null,
    frameTimeVectorMs: null,
    perFrame: planes.map((plane) => ({
      ...{ plane, windows, spacing: [pixel, pixel] as [number, number] },
      slope: asStored ? slope : 1,
      intercept: asStored ? intercept : 0,
    })),
    reformat: { axis, seriesId: source.series.seriesId, sourceInstanceId: instanceId },
  }
}

function redraw(): void {
  for (const { current } of tiles) if (current?.image.reformat) frames.announce(current)
}

const gigabytes = (bytes: number) =>
  bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GB` : `${Math.ceil(bytes / 2 ** 20)} MB`
