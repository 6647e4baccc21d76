import { Worker } from 'node:worker_threads'
import { limitWork } from '#electron/threads/limitWork.ts'
import type { CodecAnswer, CodecJob, CodecResult } from './codecJob.ts'
import { decodingMs } from './decodingMs.ts'

type Request = Omit<CodecJob, 'id'>

interface Waiting {
  request: Request
  signal: AbortSignal | undefined
  resolve(result: CodecResult): void
}

interface Running {
  id: number
  waiting: Waiting
  endLimit: () => void
  patience: NodeJS.Timeout
  slow: boolean
}

interface Member {
  worker: Worker
  running: Running | undefined
}

export interface CodecLimits {
  /** Beside a job that takes longer a further worker goes on with the others. */
  patienceMs: number
  /** For a job whose size nobody knows yet, by the clock: reading it may wait for a slow disk. */
  jobMs: number
  /** Of the processor, for a frame of so many samples. */
  frameMs(samples: number): number
  worker: URL
}

const usualLimits: CodecLimits = {
  patienceMs: 500,
  jobMs: 30_000,
  frameMs: decodingMs,
  worker: new URL('./codec.worker.ts', import.meta.url),
}

/** Hung ones may be this many more than the workers that are wanted. */
const MAXIMUM_SPARES = 2

const CLOSING = 'The workstation is closing.'
const STOPPED = 'The decoder stopped at this image.'
const TOO_LONG = 'This image takes too long to decode: its data are damaged.'

/**
 * Codec workers. Each has one job at a time; one that dies or goes beyond its time is replaced, and only its own job is
 * lost. While one is slow another one works in its place, so that no damaged frame holds up the images beside it. From the
 * first job on one more than there is work for is started: a start takes longer than most frames.
 */
export class CodecPool {
  readonly #size: number
  readonly #limits: CodecLimits
  readonly #members: Member[] = []
  readonly #queue: Waiting[] = []
  #lastId = 0
  #closed = false

  constructor(size: number, limits: Partial<CodecLimits> = {}) {
    this.#size = size
    this.#limits = { ...usualLimits, ...limits }
  }

  run(request: Request, signal?: AbortSignal): Promise<CodecResult> {
    if (this.#closed) return Promise.resolve({ failure: CLOSING })
    return new Promise((resolve) => {
      this.#queue.push({ request, signal, resolve })
      this.#next()
    })
  }

  /** Workers that have nothing to do. */
  get idle(): number {
    return this.#members.filter(({ running }) => running === undefined).length
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const { resolve } of this.#queue.splice(0)) resolve({ failure: CLOSING })
    await Promise.all([...this.#members].map((member) => this.#dismiss(member, CLOSING)))
  }

  #next(): void {
    while (this.#queue.length > 0) {
      const member = this.#members.find(({ running }) => running === undefined) ?? this.#hire()
      if (member === undefined) return
      const waiting = this.#queue.shift()
      if (waiting === undefined) return
      if (waiting.signal?.aborted === true) {
        waiting.resolve({ failure: '' })
        continue
      }
      this.#give(member, waiting)
    }
  }

  #give(member: Member, waiting: Waiting): void {
    const { jobMs, patienceMs } = this.#limits
    const id = ++this.#lastId
    const limit = setTimeout(() => void this.#dismiss(member, TOO_LONG), jobMs)
    const patience = setTimeout(() => {
      if (member.running) member.running.slow = true
      this.#next()
      this.#keepOneIdle()
    }, patienceMs)
    member.running = { id, waiting, endLimit: () => clearTimeout(limit), patience, slow: false }
    member.worker.ref()
    member.worker.postMessage({ id, ...waiting.request } satisfies CodecJob)
    this.#keepOneIdle()
  }

  #keepOneIdle(): void {
    if (this.idle === 0) this.#hire()
  }

  /** Workers start when first needed: a workstation that only receives needs none. */
  #hire(): Member | undefined {
    const slow = this.#members.filter(({ running }) => running?.slow === true).length
    const full = this.#members.length - Math.min(slow, MAXIMUM_SPARES) >= this.#size
    if (full || this.#closed) return undefined
    const member: Member = { worker: new Worker(this.#limits.worker), running: undefined }
    this.#members.push(member)
    member.worker.unref()
    member.worker.on('message', (answer: CodecAnswer) => this.#heard(member, answer))
    // An error is followed by exit.
    member.worker.on('error', () => undefined)
    member.worker.on('exit', () => void this.#dismiss(member, STOPPED))
    return member
  }

  #heard(member: Member, answer: CodecAnswer): void {
    const { running } = member
    if (answer.id !== running?.id) return
    if ('samples' in answer) {
      running.endLimit()
      const exceeded = () => void this.#dismiss(member, TOO_LONG)
      running.endLimit = limitWork(member.worker, this.#limits.frameMs(answer.samples), exceeded)
      return
    }
    this.#finish(member, answer)
    // Its place was taken while it was slow.
    if (this.#members.length > this.#size && this.#queue.length === 0) void this.#dismiss(member, STOPPED)
    else this.#next()
  }

  /** Whoever waits for it has the answer at once, however long the thread takes to end. */
  async #dismiss(member: Member, why: string): Promise<void> {
    const at = this.#members.indexOf(member)
    if (at < 0) return
    this.#members.splice(at, 1)
    const fell = member.running !== undefined
    this.#finish(member, { failure: why })
    this.#next()
    // The next frame finds its successor running. One that falls before it has anything to do is not replaced for ever.
    if (fell && this.#members.length < this.#size) this.#hire()
    await member.worker.terminate()
  }

  #finish(member: Member, result: CodecResult): void {
    const { running } = member
    if (running === undefined) return
    running.endLimit()
    clearTimeout(running.patience)
    member.running = undefined
    // An idle worker keeps no process alive.
    member.worker.unref()
    running.waiting.resolve(result)
  }
}
