import { resample, resampleSlab, slabSamples, type VolumeData, type VolumeSamples } from '#shared/imaging/resample.ts'
import { plus, times } from '#shared/imaging/vector.ts'
import type { PlaneJob, PlanePicture } from './resampleMessage.ts'
import { samplesFor } from './samplesFor.ts'

/** Samples of the volume that may be read at once: what is asked meanwhile waits for no more. */
const BITE = 400_000
/** Pictures that take more come coarse first. */
const COARSE_FROM = 1_500_000
const COARSE_SAMPLES = 600_000
const MOST_COARSE = 6

interface Waiting {
  job: PlaneJob
  /** A first version was sent. */
  sent: boolean
}

/**
 * Makes pictures of a volume, of each view the last one that was asked for: however fast a hand drags, nothing queues.
 * A picture that takes long comes coarse first; its whole is given up once another one is asked for. What was begun
 * without a first version is finished, so that something is always seen to move.
 */
export class PlaneQueue {
  readonly #send: (picture: PlanePicture) => void
  readonly #pause: () => Promise<void>
  readonly #waiting = new Map<number, Waiting>()
  #volume: VolumeData | undefined
  /** Cut along, and drawn over it. */
  over: VolumeData | undefined
  #isRunning = false

  constructor(send: (picture: PlanePicture) => void, pause: () => Promise<void>) {
    this.#send = send
    this.#pause = pause
  }

  set volume(volume: VolumeData) {
    this.#volume = volume
    void this.#run()
  }

  ask(job: PlaneJob): void {
    this.#waiting.set(job.view, { job, sent: false })
    void this.#run()
  }

  forget(view: number): void {
    this.#waiting.delete(view)
  }

  async #run(): Promise<void> {
    if (this.#isRunning || !this.#volume) return
    this.#isRunning = true
    // What is already on its way may take the place of this.
    await this.#pause()
    for (let next = this.#next(); next; next = this.#next()) {
      const factor = next.sent ? 1 : coarseness(next.job)
      if (factor > 1) {
        next.sent = true
        this.#send({ ...this.#coarse(next.job, factor), ...nameOf(next.job), coarse: true })
      } else await this.#whole(next)
      await this.#pause()
    }
    this.#isRunning = false
  }

  /** First versions before wholes. */
  #next(): Waiting | undefined {
    const all = [...this.#waiting.values()]
    return all.find(({ sent }) => !sent) ?? all[0]
  }

  #coarse(job: PlaneJob, factor: number): Made {
    const { plane, size, slab, step, type, outside } = job
    const { rows, columns, pixel } = size
    const small = { rows: Math.ceil(rows / factor), columns: Math.ceil(columns / factor), pixel: pixel * factor }
    const toMiddle = times(plus(plane.rowDirection, plane.columnDirection), ((factor - 1) / 2) * pixel)
    const middle = { ...plane, position: [...plus(plane.position, toMiddle)] as [number, number, number] }
    const terms = { plane: middle, size: small, slab, step: step * factor, outside }
    const made = samplesFor(type, small.rows * small.columns)
    draw(this.#volume, terms, made)
    const samples = samplesFor(type, rows * columns)
    enlarge(made, small.columns, samples, columns, factor)
    if (!this.over) return { samples }
    const madeOver = new Float32Array(small.rows * small.columns)
    draw(this.over, { ...terms, outside: Number.NaN }, madeOver)
    const over = new Float32Array(rows * columns)
    enlarge(madeOver, small.columns, over, columns, factor)
    return { samples, over }
  }

  async #whole(waiting: Waiting): Promise<void> {
    const { job, sent } = waiting
    const { view, plane, size, type } = job
    const { rows, columns, pixel } = size
    const samples = samplesFor(type, rows * columns)
    const volume = this.over
    const over = volume && new Float32Array(rows * columns)
    const rowsAtOnce = Math.max(1, Math.floor(BITE / (columns * samplesOf(job))))
    for (let row = 0; row < rows; row += rowsAtOnce) {
      if (row > 0) await this.#pause()
      // Another picture of this view is wanted, and this one was seen already.
      if (sent && this.#waiting.get(view) !== waiting) return
      const some = Math.min(rowsAtOnce, rows - row)
      const position = [...plus(plane.position, times(plane.columnDirection, row * pixel))] as [number, number, number]
      const [from, to] = [row * columns, (row + some) * columns]
      const terms = { ...job, plane: { ...plane, position }, size: { rows: some, columns, pixel } }
      draw(this.#volume, terms, samples.subarray(from, to))
      if (over) draw(volume, { ...terms, outside: Number.NaN }, over.subarray(from, to))
    }
    if (this.#waiting.get(view) === waiting) this.#waiting.delete(view)
    this.#send({ samples, ...(over && { over }), ...nameOf(job), coarse: false })
  }
}

type Made = Pick<PlanePicture, 'samples' | 'over'>

function draw(
  volume: VolumeData | undefined,
  { plane, size, slab, step, outside }: Pick<PlaneJob, 'plane' | 'size' | 'slab' | 'step' | 'outside'>,
  target: VolumeSamples,
): void {
  if (!volume) return
  if (slab.thickness > 0) resampleSlab(volume, plane, size, outside, target, { ...slab, step })
  else resample(volume, plane, size, outside, target)
}

/** Each small pixel becomes a square. */
function enlarge(
  from: VolumeSamples,
  fromColumns: number,
  target: VolumeSamples,
  columns: number,
  factor: number,
): void {
  for (let at = 0, row = 0; at < target.length; row++) {
    const start = Math.floor(row / factor) * fromColumns
    for (let column = 0; column < columns; column++, at++)
      target[at] = from[start + Math.floor(column / factor)] ?? Number.NaN
  }
}

function samplesOf({ slab, step }: PlaneJob): number {
  return slab.thickness > 0 ? slabSamples(slab.thickness, step) : 1
}

/** By how much the first version is coarser, in each direction; 1 where the whole is quick. */
function coarseness(job: PlaneJob): number {
  const whole = job.size.rows * job.size.columns * samplesOf(job)
  if (whole <= COARSE_FROM) return 1
  let factor = 2
  while (factor < MOST_COARSE && whole / factor ** 3 > COARSE_SAMPLES) factor++
  return factor
}

const nameOf = ({ view, frame, round }: PlaneJob) => ({ view, frame, round })
