import type { Wire } from '#shared/contract/wire.ts'

/** The contract over a WebSocket that is open already. */
export function socketWire(socket: WebSocket): Wire {
  const closes = new Set<() => void>()
  let open = true
  socket.addEventListener('close', () => {
    open = false
    for (const listener of closes) listener()
  })
  return {
    send: (message) => {
      if (open) socket.send(JSON.stringify(message))
    },
    onMessage: (listener) =>
      socket.addEventListener('message', (event) => {
        try {
          listener(JSON.parse(String(event.data)))
        } catch {
          // Not JSON: the far end is not ours.
          socket.close()
        }
      }),
    onClose: (listener) => {
      closes.add(listener)
      if (!open) listener()
    },
    close: () => socket.close(),
  }
}

export function openSocket(url: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    socket.addEventListener('open', () => resolve(socket), { once: true })
    socket.addEventListener('close', () => reject(new Error('closed')), { once: true })
  })
}
