import type { IncomingMessage } from 'node:http'
import { patience } from './patience.ts'
import { tapOf } from './tap.ts'
import { countBytes } from './told.ts'
import type { WebServer } from './webApi.ts'
import { webFailure } from './webFailure.ts'

export interface Basin {
  /** Bytes live until it returns. */
  take(bytes: Buffer): void
  /** Where no more can be taken: to wait for. */
  room(): Promise<unknown> | undefined
}

/**
 * The body of a large answer into a basin, from where it lies: resolves when the answer has ended. As with `bodyOf` only
 * time spent waiting for the server counts against it.
 */
export function pour(response: IncomingMessage, server: WebServer, signal: AbortSignal, basin: Basin): Promise<void> {
  return new Promise((resolve, reject) => {
    const { socket } = response
    const watch = patience(response, server)
    let isOver = false
    const settle = (error?: unknown) => {
      if (isOver) return
      isOver = true
      watch.end()
      signal.removeEventListener('abort', onAbort)
      if (!response.complete) response.destroy()
      if (error === undefined) resolve()
      else reject(webFailure(error, server, signal))
    }
    const onAbort = () => settle(new Error('Aborted'))
    const take = (bytes: Buffer) => {
      if (isOver) return
      countBytes(response, bytes.length)
      watch.came(bytes.length)
      try {
        basin.take(bytes)
        const room = basin.room()
        if (room) hold(room)
      } catch (error) {
        settle(error)
      }
    }
    const hold = (room: Promise<unknown>) => {
      watch.rest()
      response.pause()
      socket.pause()
      const go = () => {
        watch.wait()
        if (isOver) return
        response.resume()
        socket.resume()
      }
      room.then(go, settle)
    }
    response.on('data', take)
    response.on('end', () => settle())
    response.on('error', settle)
    response.on('close', () => settle(response.complete ? undefined : CLOSED))
    tapOf(response)?.open(take)
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    else if (response.destroyed) settle(response.errored ?? CLOSED)
  })
}

const CLOSED = Object.assign(new Error('The connection was closed'), { code: 'ERR_STREAM_PREMATURE_CLOSE' })
