import { once } from 'node:events'
import { WebSocket } from 'ws'
import { z } from 'zod'

const message = z.object({
  id: z.number().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
})

/**
 * Speaks to Chromium's own tools. Playwright has its Network domain on, and the page's process then keeps every body that
 * it fetched, up to 200 MB: no measurement of memory can stand beside that.
 */
export class DevTools implements Disposable {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
  readonly #listeners = new Map<string, (params: unknown) => void>()
  #lastId = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data) => {
      const { id, result, error, method, params } = message.parse(JSON.parse(String(data)))
      if (method !== undefined) this.#listeners.get(method)?.(params)
      const waiting = id === undefined ? undefined : this.#waiting.get(id)
      if (id === undefined || !waiting) return
      this.#waiting.delete(id)
      if (error) waiting.reject(new Error(error.message))
      else waiting.resolve(result)
    })
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Chromium ended'))
      this.#waiting.clear()
    })
  }

  static async connect(url: string): Promise<DevTools> {
    const socket = new WebSocket(url, { perMessageDeflate: false })
    await once(socket, 'open')
    return new DevTools(socket)
  }

  /** `sessionId`: a worker of the page, as `Target.attachedToTarget` named it. */
  send(method: string, params: object = {}, sessionId?: string): Promise<unknown> {
    this.#lastId += 1
    const id = this.#lastId
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#socket.send(JSON.stringify({ id, method, params, sessionId }))
    })
  }

  on(event: string, listener: (params: unknown) => void): void {
    this.#listeners.set(event, listener)
  }

  [Symbol.dispose](): void {
    this.#socket.terminate()
  }
}
