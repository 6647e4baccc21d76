import { portWire as wireOver } from '#shared/contract/portWire.ts'
import type { Wire } from '#shared/contract/wire.ts'

/** The contract over the MessagePort that the desktop program's preload hands to the page. */
export function portWire(port: MessagePort): Wire {
  return wireOver(port, {
    message: (listener) => port.addEventListener('message', listener),
    close: (listener) => port.addEventListener('close', listener),
  })
}
