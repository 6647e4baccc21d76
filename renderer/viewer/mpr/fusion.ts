import type { StackFrame } from '#shared/imaging/displaySets.ts'
import { stackFrames } from '#shared/imaging/displaySets.ts'
import { reducedGeometry, volumeMemory } from '#shared/imaging/reducedVolume.ts'
import { valueUnit } from '#shared/imaging/valueUnit.ts'
import { type VolumeGeometry, volumeGeometry } from '#shared/imaging/volumeGeometry.ts'
import { goNearest } from '../crosshair.ts'
import { fileWindows } from '../defaultWindow.ts'
import { fetchSeries } from '../fetchStudies.ts'
import { memoryBudget } from '../memoryBudget.ts'
import { setsOf } from '../openSeries.ts'
import { frames, tileAt, tiles } from '../session.ts'
import type { Tile, TileSource } from '../tile.ts'
import { rememberUptake, type UptakeKind, uptakeOf } from '../uptake.ts'
import { noFusion, useFusion } from './fusionState.ts'
import { drawAnew, gigabytes, makeAnew, openVolume, STACK_AT, startMpr } from './mpr.ts'
import { meetingPoint } from './turn.ts'
import { Volume, withPadding } from './volume.ts'

/** What PET is laid over. */
const anatomy = new Set(['CT', 'MR'])
/** Uptake that the last colour stands for, to begin with. */
const USUAL_SUV = 7

interface Stack {
  source: TileSource
  stack: readonly StackFrame[]
  geometry: VolumeGeometry
}

/** PET over the CT of the same examination, in planes of the CT. Returns why it cannot be, as a sentence. */
export async function fuse(tile: Tile): Promise<string | undefined> {
  const maker = tile.current?.image.reformat ? openVolume()?.maker : undefined
  const source = maker?.source ?? tile.state.source
  if (!source) return 'Open a CT or a PET first: this tile is empty.'
  const { modality } = source.series
  if (modality !== 'PT' && !anatomy.has(modality)) return 'It takes a CT or MR, and a PET, of one study.'
  const stack = maker?.stack ?? tile.state.stack
  const own = stackOf(source, stack)
  if (typeof own === 'string') return own
  const found = await partnerOf(own, modality === 'PT' ? anatomy : new Set(['PT']))
  if (typeof found === 'string') return found
  // Something else was opened meanwhile.
  if ((maker ? openVolume()?.maker.source : tile.state.source) !== source) return undefined
  const [base, over] = modality === 'PT' ? [found, own] : [own, found]
  const { bytes, reduction } = volumeMemory(over.geometry, 4, memoryBudget() / 4)
  if (reduction === undefined) return `The PET needs ${gigabytes(bytes)}, more than this window may use.`
  if (openVolume()?.maker.stack[0] !== base.stack[0]) {
    if (tile.state.source?.series.seriesId !== base.source.series.seriesId) tile.open(base.source)
    const refusal = startMpr(tile)
    if (refusal) return refusal
  }
  layOver(over, bytes, reduction)
  return undefined
}

function stackOf(source: TileSource, stack: readonly StackFrame[]): Stack | string {
  const geometry = volumeGeometry(stack)
  return typeof geometry === 'string' ? geometry : { source, stack, geometry }
}

/** The stack of the same study and frame of reference; of several the one whose uptake is known, then the longest. */
async function partnerOf(own: Stack, modalities: ReadonlySet<string>): Promise<Stack | string> {
  const { study } = own.source
  const candidates = (await fetchSeries(study.studyId)).filter(({ modality }) => modalities.has(modality))
  if (candidates.length === 0)
    return modalities.has('PT') ? 'This study has no PET series.' : 'This study has no CT or MR series to lay it over.'
  const found: Stack[] = []
  for (const series of candidates) {
    for (const set of await setsOf(series)) {
      const made = stackOf({ study, series, set }, stackFrames(set))
      if (typeof made !== 'string' && made.geometry.frameOfReferenceUID === own.geometry.frameOfReferenceUID)
        found.push(made)
    }
  }
  const known = ({ stack: [first] }: Stack) => (first && uptakeOf(first.image) ? 1 : 0)
  const [best] = found.sort((a, b) => known(b) - known(a) || b.stack.length - a.stack.length)
  return best && own.geometry.frameOfReferenceUID !== ''
    ? best
    : 'PET and CT do not lie in one frame of reference: nothing says how they fit together.'
}

function layOver({ source, stack, geometry: found }: Stack, bytes: number, reduction: 1 | 2 | 4): void {
  stopFusion()
  const open = openVolume()
  const image = stack[stack.length >> 1]?.image ?? stack[0]?.image
  if (!open || !image) return
  const { resampler } = open.maker
  const geometry = withPadding(found, stack, 'float32')
  const uptake = uptakeOf(image)
  const [window] = fileWindows(image, 0)
  useFusion.setState({
    ...noFusion,
    ...{ state: 'building', image, factor: uptake?.factor ?? 1, name: source.series.description || 'PET' },
    unit: uptake?.unit ?? valueUnit(image),
    upper: uptake ? USUAL_SUV : window ? window.center + window.width / 2 : 1000,
  })
  resampler.begin('over', reducedGeometry(geometry, reduction))
  const volume = new Volume(
    frames,
    { stack, geometry, reduction, type: 'float32' },
    {
      onPresent: () => {},
      onSlice: (at, samples) => resampler.take('over', at, samples),
      onReady: () => {
        useFusion.setState({ state: 'on' })
        // What the page cuts by itself, while the volume beside it is filled, has nothing laid over.
        open.maker.present = undefined
        makeAnew()
      },
      onFailure: stopFusion,
    },
  )
  const giveBack = frames.lend(bytes / reduction ** 2)
  open.alsoEnds = () => {
    open.alsoEnds = undefined
    volume.close()
    giveBack()
    useFusion.setState(noFusion)
  }
  besides(source)
  volume.start()
}

/** The PET itself stands beside the planes, dark on white as it is read. */
function besides(source: TileSource): void {
  const beside = tileAt(STACK_AT)
  const point = meetingPoint()
  beside.open(source, source.set.images.length >> 1)
  beside.invert()
  const { upper, factor } = useFusion.getState()
  beside.setWindow({ center: upper / factor / 2, width: upper / factor })
  if (point) goNearest(beside, point)
}

/** The planes stay, without what lay over them. */
export function stopFusion(): void {
  const open = openVolume()
  if (!open?.alsoEnds) return
  open.alsoEnds()
  open.maker.resampler.drop('over')
  const beside = tileAt(STACK_AT)
  if (beside.state.source?.series.modality === 'PT') beside.open(open.maker.source, open.maker.stack.length >> 1)
  makeAnew()
}

export function setFusion(part: {
  upper?: number
  opacity?: number
  colours?: ReturnType<typeof useFusion.getState>['colours']
}): void {
  useFusion.setState(part)
  drawAnew()
  const { upper, factor, image } = useFusion.getState()
  if (part.upper === undefined || !image) return
  for (const tile of tiles) {
    const { source } = tile.state
    if (source?.series.modality === 'PT') tile.setWindow({ center: upper / factor / 2, width: upper / factor })
  }
}

/** By what uptakes are told from now on; what is drawn stays as it is, its ends are told anew. */
export function setUptake(kind: UptakeKind): void {
  rememberUptake(kind)
  const { image, factor, upper } = useFusion.getState()
  const uptake = image && uptakeOf(image)
  if (uptake)
    useFusion.setState({
      unit: uptake.unit,
      factor: uptake.factor,
      upper: Number(((upper * uptake.factor) / factor).toPrecision(3)),
    })
}
