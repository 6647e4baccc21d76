import type { Vector3 } from '#shared/imaging/vector.ts'
import type { VolumeGeometry } from '#shared/imaging/volumeGeometry.ts'
import type { CasterShare, CastJob, CastPart, ViewPoint } from './castMessage.ts'
import { castRays, type Rays, visibleBlocks } from './castRays.ts'
import { type CastVolume, toIndices } from './castVolume.ts'
import { greyTable, type TransferTable, transferTable } from './transfer.ts'

const BAND_ROWS = 12
/** A picture while something moves: a third of the rows and columns, in steps twice as long. */
const COARSE = 3
const COARSE_STEP = 1.8
const STEP = 0.7

/** Draws the newest picture that was asked for: coarse at once, then row by row as it should be. */
export class CastQueue {
  readonly #send: (part: CastPart) => void
  readonly #pause: () => Promise<void>
  #volume: { volume: CastVolume; geometry: VolumeGeometry; share: CasterShare } | undefined
  #job: CastJob | undefined
  #isRunning = false

  constructor(send: (part: CastPart) => void, pause: () => Promise<void>) {
    this.#send = send
    this.#pause = pause
  }

  begin(volume: CastVolume, geometry: VolumeGeometry, share: CasterShare): void {
    this.#volume = { volume, geometry, share }
    void this.#run()
  }

  ask(job: CastJob): void {
    this.#job = job
    void this.#run()
  }

  async #run(): Promise<void> {
    if (this.#isRunning || !this.#volume) return
    this.#isRunning = true
    // What is already on its way takes the place of this.
    await this.#pause()
    for (let job = this.#job; job; job = this.#job) {
      for (const part of this.#parts(job, true)) this.#send(part)
      await this.#pause()
      for (const part of this.#parts(job, false)) {
        if (this.#job !== job) break
        this.#send(part)
        await this.#pause()
      }
      if (this.#job === job) this.#job = undefined
    }
    this.#isRunning = false
  }

  *#parts(job: CastJob, coarse: boolean): Iterable<CastPart> {
    if (!this.#volume) return
    const { volume, geometry, share } = this.#volume
    const scale = coarse ? COARSE : 1
    const width = Math.ceil(job.width / scale)
    const height = Math.ceil(job.height / scale)
    const finest = Math.min(geometry.across, geometry.down, geometry.gap)
    const stepMm = finest * (coarse ? COARSE_STEP : STEP)
    const table: TransferTable = job.mip ? greyTable(job.mip) : transferTable(job.stops, stepMm)
    const visible = job.mip ? new Uint8Array() : visibleBlocks(volume, table)
    const rays = raysOf(job, geometry, volume, { width, height, scale, stepMm })
    const bands = Math.ceil(height / BAND_ROWS)
    for (let band = share.place; band < bands; band += share.of) {
      const fromRow = band * BAND_ROWS
      const rows = Math.min(BAND_ROWS, height - fromRow)
      const pixels = new Uint32Array(width * rows)
      castRays(volume, table, visible, rays, { width, fromRow, rows }, pixels)
      yield { turn: job.turn, coarse, width, height, fromRow, pixels, isLast: band + share.of >= bands }
    }
  }
}

interface Grid {
  width: number
  height: number
  /** Pixels of the whole picture for one of this. */
  scale: number
  stepMm: number
}

function raysOf(
  { view, crop, mip }: CastJob,
  geometry: VolumeGeometry,
  { columns, rows, slices }: CastVolume,
  { width, height, scale, stepMm }: Grid,
): Rays {
  const { direction, point } = toIndices(geometry)
  const pixel = view.mmPerPixel * scale
  const last: Vector3 = [columns - 1, rows - 1, slices - 1]
  const scaled = (by: Vector3): Vector3 => [by[0] * last[0], by[1] * last[1], by[2] * last[2]]
  const { spacing, light } = lighting(view, geometry)
  return {
    start: point(
      along(view.middle, [view.right, (-(width - 1) / 2) * pixel], [view.down, (-(height - 1) / 2) * pixel]),
    ),
    right: direction(along([0, 0, 0], [view.right, pixel])),
    below: direction(along([0, 0, 0], [view.down, pixel])),
    step: direction(along([0, 0, 0], [view.forward, stepMm])),
    ...{ low: scaled(crop.low), high: scaled(crop.high), spacing, light, mip: mip !== undefined },
  }
}

/** From over the left shoulder of whoever looks. */
function lighting({ right, down, forward }: ViewPoint, geometry: VolumeGeometry): Pick<Rays, 'spacing' | 'light'> {
  const { rowDirection, columnDirection, normal, across, down: between, depths } = geometry
  const way = along([0, 0, 0], [right, 0.35], [down, 0.35], [forward, 0.87])
  const part = (axis: Vector3) => axis[0] * way[0] + axis[1] * way[1] + axis[2] * way[2]
  const light: Vector3 = [part(rowDirection), part(columnDirection), part(normal)]
  return { spacing: [across, between, (depths.at(-1) ?? 1) / Math.max(1, depths.length - 1)], light }
}

function along(from: Vector3, ...ways: readonly (readonly [Vector3, number])[]): Vector3 {
  return ways.reduce<Vector3>((at, [way, by]) => [at[0] + way[0] * by, at[1] + way[1] * by, at[2] + way[2] * by], from)
}
