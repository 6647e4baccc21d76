import { Worker } from 'node:worker_threads'
import { decodingMs } from '#electron/pixels/decodingMs.ts'
import { limitWork } from '#electron/threads/limitWork.ts'
import type { Order, Told } from './transcode.worker.ts'

interface Caller {
  order: Order
  resolve(bytes: Uint8Array): void
  reject(error: Error): void
}

const converting = new URL('./transcode.worker.ts', import.meta.url)

/** Converts stored objects in a thread of its own, started when the first one is needed. */
export class Transcoder {
  private readonly program: URL
  private worker: Worker | undefined
  private lastId = 0
  private readonly waiting = new Map<number, Caller>()
  private endLimit = () => {}

  /** `program`: another one than that beside this file. */
  constructor(program: URL = converting) {
    this.program = program
  }

  /** The data set of the file at `path` in another, uncompressed transfer syntax. Rejects with a sentence. */
  convert(path: string, from: string, to: string): Promise<Uint8Array> {
    return this.order((id) => ({ id, path, from, to }))
  }

  /** One frame of the file as native pixel data, decoded, the first one being 0. Rejects with a sentence. */
  frame(path: string, frame: number): Promise<Uint8Array> {
    return this.order((id) => ({ id, path, frame }))
  }

  private order(orderOf: (id: number) => Order): Promise<Uint8Array> {
    const worker = this.worker ?? this.start()
    this.lastId += 1
    const order = orderOf(this.lastId)
    return new Promise((resolve, reject) => {
      this.waiting.set(order.id, { order, resolve, reject })
      worker.postMessage(order)
    })
  }

  private start(): Worker {
    const worker = new Worker(this.program)
    this.worker = worker
    worker.on('message', (told: Told) => {
      if (this.worker !== worker) return
      this.endLimit()
      if ('samples' in told) {
        const { id, samples } = told
        if (samples > 0) this.endLimit = limitWork(worker, decodingMs(samples), () => this.giveUp(worker, id))
        return
      }
      const caller = this.waiting.get(told.id)
      this.waiting.delete(told.id)
      if ('bytes' in told) caller?.resolve(told.bytes)
      else caller?.reject(new Error(told.error))
    })
    const fail = () => {
      if (this.worker !== worker) return
      this.endLimit()
      this.worker = undefined
      for (const caller of this.waiting.values()) caller.reject(new Error('The conversion stopped.'))
      this.waiting.clear()
    }
    worker.on('error', fail)
    worker.on('exit', fail)
    return worker
  }

  /** One frame whose decoder does not come back takes its own object with it; the others are converted in another thread. */
  private giveUp(worker: Worker, id: number): void {
    this.worker = undefined
    void worker.terminate()
    this.waiting.get(id)?.reject(new Error('Its image data takes too long to decode: it is damaged.'))
    this.waiting.delete(id)
    if (this.waiting.size === 0) return
    const next = this.start()
    for (const { order } of this.waiting.values()) next.postMessage(order)
  }

  /** The thread ends by itself after the conversion under way: ending it from outside would leave its WebAssembly half-way. */
  close(): void {
    this.worker?.unref()
    this.worker?.postMessage('close')
  }
}
