import { create } from 'zustand'
import { frameOf } from '#shared/imaging/frameOf.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { type Reduction, reducedGeometry } from '#shared/imaging/reducedVolume.ts'
import { valueUnit } from '#shared/imaging/valueUnit.ts'
import { plus, times, type Vector3 } from '#shared/imaging/vector.ts'
import { type VolumeGeometry, volumeGeometry } from '#shared/imaging/volumeGeometry.ts'
import { memoryBudget } from '../memoryBudget.ts'
import { openVolume } from '../mpr/mpr.ts'
import { isKeptAsStored, valuesOf } from '../mpr/reformatter.ts'
import { Volume } from '../mpr/volume.ts'
import { frames, onOpening, tiles } from '../session.ts'
import type { Tile } from '../tile.ts'
import { Casters } from './casters.ts'
import type { CastPart, Crop } from './castMessage.ts'
import { type PresetName, stopsOf } from './transfer.ts'
import { type Facing, facings, forwardOf, standing } from './viewPoint.ts'

interface Rendering {
  /** The tile that shows it. */
  position: number | undefined
  loaded: number
  total: number
  preset: PresetName
  facing: Facing
  zoom: number
  /** mm to the right and down. */
  pan: readonly [number, number]
  cropping: boolean
  crop: Crop
  /** What was left out to have room, and what was corrected. */
  notices: readonly string[]
  /** The first image of the stack: who it is, and which way it lies. */
  image: InstanceImage | undefined
  geometry: VolumeGeometry | undefined
}

const wholeVolume: Crop = { low: [0, 0, 0], high: [1, 1, 1] }

const none: Rendering = {
  position: undefined,
  loaded: 0,
  total: 0,
  preset: 'bone',
  facing: facings.front,
  zoom: 1,
  pan: [0, 0],
  cropping: false,
  crop: wholeVolume,
  notices: [],
  image: undefined,
  geometry: undefined,
}

export const useRendering = create<Rendering>(() => none)

interface Open {
  casters: Casters
  volume: Volume
  window: { center: number; width: number }
  first: Facing
  onPart: ((part: CastPart) => void) | undefined
  end(): void
}

let open: Open | undefined
let turns = 0
onOpening(stopRendering)

/** Part of what the page may keep of pixels. */
const SHARE = 0.4
const MOST_WORKERS = 4

/** Shows the stack of a tile in three dimensions. Returns why it cannot, as a sentence; `onFailure` is told if it ends by itself. */
export function startRendering(tile: Tile, onFailure: (sentence: string) => void): string | undefined {
  const planes = tile.current?.image.reformat ? openVolume()?.maker : undefined
  const source = planes?.source ?? tile.state.source
  const stack = planes?.stack ?? tile.state.stack
  const image = stack[0]?.image
  if (!source || !image) return 'Open a stack first: this tile is empty.'
  const geometry = volumeGeometry(stack)
  if (typeof geometry === 'string') return geometry
  const { type } = valuesOf(stack)
  const unit = valueUnit(image)
  const isWhole = unit === 'HU'
  const bytes = geometry.columns * geometry.rows * geometry.depths.length * (isWhole ? 2 : 4)
  const room = memoryBudget() * SHARE
  const reduction = ([1, 2, 4] as const).find((each) => bytes / each ** 2 <= room)
  if (reduction === undefined)
    return `The volume needs ${megabytes(bytes)}, more than this window may use. Open a series with fewer slices.`
  stopRendering()
  const kept = bytes / reduction ** 2
  const count = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency - 1, Math.floor(room / kept)))
  const fail = (sentence: string) => {
    stopRendering()
    onFailure(sentence)
  }
  const { slope, intercept } = frameOf(image, 0)
  const asStored = isKeptAsStored(type)
  const casters = new Casters(
    count,
    {
      geometry: reducedGeometry(geometry, reduction),
      ...(asStored ? { slope, intercept } : { slope: 1, intercept: 0 }),
      whole: isWhole,
    },
    {
      onPart: (part) => open?.onPart?.(part),
      onFailure: () => fail('What draws it has stopped, mostly for want of memory.'),
    },
  )
  const volume = new Volume(
    frames,
    { stack, geometry, reduction, type },
    {
      onPresent: () => {},
      onSlice: (at, samples, loaded) => {
        casters.take(at, samples)
        if (loaded === stack.length || loaded % 8 === 0) useRendering.setState({ loaded })
      },
      onReady: () => useRendering.setState({ loaded: stack.length }),
      onFailure: fail,
    },
  )
  const giveBack = frames.lend(kept * count)
  const { seriesId } = source.series
  const unfollow = tile.store.subscribe((state) => {
    // Another series was put into the tile.
    if (state.source?.series.seriesId !== seriesId) stopRendering()
  })
  const first = image.anatomicalOrientationType === 'QUADRUPED' ? standing.left : facings.front
  open = {
    ...{ casters, volume, window: tile.state.window, first, onPart: undefined },
    end: () => {
      unfollow()
      giveBack()
    },
  }
  useRendering.setState({
    ...none,
    ...{ position: tiles.indexOf(tile), total: stack.length, facing: first, image, geometry },
    preset: unit === 'HU' ? 'bone' : 'soft',
    notices: [...reduced(reduction, bytes), ...geometry.notices],
  })
  volume.start()
  return undefined
}

function reduced(reduction: Reduction, bytes: number): string[] {
  if (reduction === 1) return []
  return [`${reduction === 2 ? 'Half' : 'Quarter'} resolution: the whole needs ${megabytes(bytes)}`]
}

/** Its workers end, and all their memory is free. */
export function stopRendering(): void {
  if (!open) return
  const { casters, volume, end } = open
  open = undefined
  volume.close()
  casters.close()
  end()
  useRendering.setState(none)
}

/** Where the parts of the pictures go. */
export function drawRendering(onPart: (part: CastPart) => void): number {
  if (open) open.onPart = onPart
  return open?.casters.count ?? 0
}

export function resetView(): void {
  if (open) useRendering.setState({ facing: open.first, zoom: 1, pan: [0, 0], crop: wholeVolume })
}

const MOST_PIXELS = 640_000

/** The size of a picture for a tile of this many pixels: beyond that nobody sees more, and everybody waits longer. */
export function pictureSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / Math.max(1, width * height)))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** mm of the body for one pixel of a picture of this size. */
export function mmPerPixel({ width, height }: { width: number; height: number }): number {
  const { geometry, zoom } = useRendering.getState()
  if (!geometry) return 1
  return (0.7 * Math.hypot(...sizeOf(geometry))) / Math.min(width, height) / zoom
}

export function askPicture(size: { width: number; height: number }): void {
  const { preset, facing, pan, crop, geometry, image } = useRendering.getState()
  if (!open || !geometry || !image) return
  const { window } = open
  const { right, down } = facing
  const middle = plus(centreOf(geometry), plus(times(right, -pan[0]), times(down, -pan[1])))
  open.casters.ask({
    ...size,
    turn: ++turns,
    view: { right, down, forward: forwardOf(facing), middle, mmPerPixel: mmPerPixel(size) },
    crop,
    stops: stopsOf(preset, valueUnit(image), window),
    mip: preset === 'mip' ? window : undefined,
  })
}

/** Of the box of the volume, in mm along columns, rows and slices. */
function sizeOf({ columns, rows, across, down, depths }: VolumeGeometry): Vector3 {
  return [columns * across, rows * down, depths.at(-1) ?? 0]
}

/** Where a share of columns, rows and slices lies in the body. */
export function placeOf(geometry: VolumeGeometry, [x, y, z]: Vector3): Vector3 {
  const { origin, rowDirection, columnDirection, normal, columns, rows, across, down, depths, shift } = geometry
  const depth = z * (depths.at(-1) ?? 0)
  const inPlane = plus(
    times(rowDirection, x * (columns - 1) * across + shift[0] * depth),
    times(columnDirection, y * (rows - 1) * down + shift[1] * depth),
  )
  return plus(plus(origin, inPlane), times(normal, depth))
}

export const centreOf = (geometry: VolumeGeometry) => placeOf(geometry, [0.5, 0.5, 0.5])

const megabytes = (bytes: number) =>
  bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GB` : `${Math.ceil(bytes / 2 ** 20)} MB`
