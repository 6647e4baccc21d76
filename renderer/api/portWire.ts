import type { Wire } from '#shared/contract/wire.ts'

/** The contract over the MessagePort that the desktop program's preload hands to the page. */
export function portWire(port: MessagePort): Wire {
  const closes = new Set<() => void>()
  let open = true
  const ended = () => {
    if (!open) return
    open = false
    for (const listener of closes) listener()
  }
  port.addEventListener('close', ended)
  return {
    send: (message) => {
      if (open) port.postMessage(message)
    },
    onMessage: (listener) => {
      port.addEventListener('message', (event) => listener(event.data))
      port.start()
    },
    onClose: (listener) => {
      closes.add(listener)
      if (!open) listener()
    },
    close: () => {
      port.close()
      ended()
    },
  }
}
