import { Worker } from 'node:worker_threads'
import type { Order } from './transcode.worker.ts'

interface Answer {
  id: number
  bytes?: Uint8Array
  error?: string
}

/** Converts stored objects in a thread of its own, started when the first one is needed. */
export class Transcoder {
  private worker: Worker | undefined
  private lastId = 0
  private readonly waiting = new Map<number, { resolve(bytes: Uint8Array): void; reject(error: Error): void }>()

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
    const id = this.lastId
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      worker.postMessage(orderOf(id))
    })
  }

  private start(): Worker {
    const worker = new Worker(new URL('./transcode.worker.ts', import.meta.url))
    this.worker = worker
    worker.on('message', ({ id, bytes, error }: Answer) => {
      const caller = this.waiting.get(id)
      this.waiting.delete(id)
      if (bytes) caller?.resolve(bytes)
      else caller?.reject(new Error(error ?? 'It cannot be converted.'))
    })
    const fail = () => {
      this.worker = undefined
      for (const caller of this.waiting.values()) caller.reject(new Error('The conversion stopped.'))
      this.waiting.clear()
    }
    worker.on('error', fail)
    worker.on('exit', fail)
    return worker
  }

  /** The thread ends by itself after the conversion under way: ending it from outside would leave its WebAssembly half-way. */
  close(): void {
    this.worker?.unref()
    this.worker?.postMessage('close')
  }
}
