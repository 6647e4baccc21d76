import type { MessagePortMain } from 'electron'
import type { Wire } from '#shared/contract/wire.ts'

/** The main process' end of the channel that the preload made for the page. */
export function portWire(port: Pick<MessagePortMain, 'on' | 'postMessage' | 'start' | 'close'>): Wire {
  const closes = new Set<() => void>()
  let open = true
  const ended = () => {
    if (!open) return
    open = false
    for (const listener of closes) listener()
  }
  port.on('close', ended)
  return {
    send: (message) => {
      if (open) port.postMessage(message)
    },
    onMessage: (listener) => {
      port.on('message', (event) => listener(event.data))
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
