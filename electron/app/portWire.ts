import type { MessagePortMain } from 'electron'
import { portWire as wireOver } from '#shared/contract/portWire.ts'
import type { Wire } from '#shared/contract/wire.ts'

/** The main process' end of the channel that the preload made for the page. */
export function portWire(port: Pick<MessagePortMain, 'on' | 'postMessage' | 'start' | 'close'>): Wire {
  return wireOver(port, {
    message: (listener) => port.on('message', listener),
    close: (listener) => port.on('close', listener),
  })
}
