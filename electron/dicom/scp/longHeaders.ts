import { Worker } from 'node:worker_threads'
import type { InstanceSource, NewInstance } from '#electron/archive/archiveApi.ts'
import type { StoredFile } from '#electron/archive/ingest.ts'
import { CANNOT_UNDERSTAND } from '#shared/dicom/status.ts'
import { DimseError } from '../dimse/dimseError.ts'
import type { AnnouncedInstance } from './checkHeader.ts'

export interface LongHeaderRequest {
  id: number
  path: string
  announced: AnnouncedInstance
  stored: StoredFile
  source: InstanceSource
}

export type LongHeaderAnswer =
  | { id: number; instance: NewInstance; refusal?: never }
  | { id: number; refusal: { status: number; message: string } }

interface Caller {
  resolve(instance: NewInstance): void
  reject(error: DimseError): void
}

/** A header made of millions of elements shall end the thread, not fill the machine's memory. */
const HEAP_MAX_MB = 512
const IDLE_MS = 10_000

/** Reads headers that are too long for the node's own thread, in one that is there only while it is needed. */
export class LongHeaders {
  private worker: Worker | undefined
  private idle: NodeJS.Timeout | undefined
  private lastId = 0
  private readonly callers = new Map<number, Caller>()

  /** Rejects with DimseError. */
  index(request: Omit<LongHeaderRequest, 'id'>): Promise<NewInstance> {
    clearTimeout(this.idle)
    this.worker ??= this.start()
    this.lastId += 1
    const id = this.lastId
    return new Promise((resolve, reject) => {
      this.callers.set(id, { resolve, reject })
      this.worker?.postMessage({ id, ...request } satisfies LongHeaderRequest)
    })
  }

  /** The thread ends by itself after the header under way. */
  close(): void {
    clearTimeout(this.idle)
    this.worker?.unref()
    this.worker?.postMessage('close')
    this.worker = undefined
  }

  private start(): Worker {
    const worker = new Worker(new URL('./longHeader.worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MAX_MB },
    })
    worker.on('message', (answer: LongHeaderAnswer) => this.answer(answer))
    worker.on('error', () => {}) // 'exit' follows
    worker.on('exit', () => {
      if (this.worker !== worker) return // closed while idle
      this.worker = undefined
      const refusal = new DimseError(CANNOT_UNDERSTAND, 'The header is too large to be read')
      for (const caller of this.callers.values()) caller.reject(refusal)
      this.callers.clear()
    })
    return worker
  }

  private answer(answer: LongHeaderAnswer): void {
    const caller = this.callers.get(answer.id)
    this.callers.delete(answer.id)
    if (answer.refusal) caller?.reject(new DimseError(answer.refusal.status, answer.refusal.message))
    else caller?.resolve(answer.instance)
    if (this.callers.size === 0) this.idle = setTimeout(() => this.close(), IDLE_MS).unref()
  }
}
