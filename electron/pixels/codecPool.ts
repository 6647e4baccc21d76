import { Worker } from 'node:worker_threads'
import type { CodecAnswer, CodecJob } from './codecJob.ts'

/** The slowest honest frame, a large mammogram in JPEG 2000, takes seconds; beyond this a stream is out to block us. */
const JOB_TIMEOUT_MS = 30_000

type WithoutId<Answer> = Answer extends unknown ? Omit<Answer, 'id'> : never
export type CodecResult = WithoutId<CodecAnswer>
type Request = Omit<CodecJob, 'id'>

interface Waiting {
  request: Request
  signal: AbortSignal | undefined
  resolve(result: CodecResult): void
}

interface Member {
  worker: Worker
  running: { id: number; waiting: Waiting; timer: NodeJS.Timeout } | undefined
}

const STOPPED = 'The decoder stopped at this image.'

/** Codec workers. Each has one job at a time; one that dies or hangs is replaced and only its own job is lost. */
export class CodecPool {
  readonly #size: number
  readonly #members: Member[] = []
  readonly #queue: Waiting[] = []
  #lastId = 0
  #closed = false

  constructor(size: number) {
    this.#size = size
  }

  run(request: Request, signal?: AbortSignal): Promise<CodecResult> {
    if (this.#closed) return Promise.resolve({ failure: 'The workstation is closing.' })
    return new Promise((resolve) => {
      this.#queue.push({ request, signal, resolve })
      this.#next()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const { resolve } of this.#queue.splice(0)) resolve({ failure: 'The workstation is closing.' })
    await Promise.all(this.#members.map(({ worker }) => worker.terminate()))
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
      const id = ++this.#lastId
      const timer = setTimeout(() => void member.worker.terminate(), JOB_TIMEOUT_MS)
      member.running = { id, waiting, timer }
      member.worker.ref()
      member.worker.postMessage({ id, ...waiting.request } satisfies CodecJob)
    }
  }

  /** Workers start when first needed: a workstation that only receives needs none. */
  #hire(): Member | undefined {
    if (this.#members.length >= this.#size || this.#closed) return undefined
    const worker = new Worker(new URL('./codec.worker.ts', import.meta.url))
    const member: Member = { worker, running: undefined }
    this.#members.push(member)
    worker.on('message', (answer: CodecAnswer) => {
      if (answer.id !== member.running?.id) return
      this.#finish(member, answer)
      this.#next()
    })
    // An error is followed by exit.
    worker.on('error', () => undefined)
    worker.on('exit', () => {
      this.#members.splice(this.#members.indexOf(member), 1)
      this.#finish(member, { failure: STOPPED })
      if (!this.#closed) this.#next()
    })
    return member
  }

  #finish(member: Member, result: CodecResult): void {
    const { running } = member
    if (running === undefined) return
    clearTimeout(running.timer)
    member.running = undefined
    // An idle worker keeps no process alive.
    member.worker.unref()
    running.waiting.resolve(result)
  }
}
