import type { WebSocket } from 'ws'
import type { Wire } from '#shared/contract/wire.ts'

/** A WebSocket as a wire: one JSON text a message. */
export function socketWire(socket: WebSocket): Wire {
  // A broken frame or a reset: `close` follows and says all there is to say.
  socket.on('error', () => {})
  return {
    send: (message) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
    },
    onMessage: (listener) => {
      socket.on('message', (data, isBinary) => {
        if (isBinary) return
        const message = parse(data.toString())
        if (message !== undefined) listener(message)
      })
    },
    onClose: (listener) => {
      socket.on('close', listener)
    },
    close: () => socket.close(),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
