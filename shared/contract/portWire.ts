import type { Wire, WireMessage } from './wire.ts'

/** A MessagePort of a browser or of Electron, apart from how each of them is listened to. */
interface Port {
  postMessage(message: WireMessage): void
  start(): void
  close(): void
}

interface PortListeners {
  message(listener: (event: { data: unknown }) => void): void
  close(listener: () => void): void
}

/** The contract over one end of the channel that the desktop program's preload makes. */
export function portWire(port: Port, on: PortListeners): Wire {
  const closes = new Set<() => void>()
  let open = true
  const ended = () => {
    if (!open) return
    open = false
    for (const listener of closes) listener()
  }
  on.close(ended)
  return {
    send: (message) => {
      if (open) port.postMessage(message)
    },
    onMessage: (listener) => {
      on.message(({ data }) => listener(data))
      port.start()
    },
    onClose: (listener) => {
      if (open) closes.add(listener)
      else listener()
    },
    close: () => {
      port.close()
      ended()
    },
  }
}
