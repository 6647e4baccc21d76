import { isIP } from 'node:net'
import type { Device } from './deviceList.ts'

export interface CallerName {
  aeTitle: string
  address: string
}

/** Whether a caller goes under a name of this device, wherever it calls from. */
export function isNameOf({ aeTitle, aliases }: Pick<Device, 'aeTitle' | 'aliases'>, calling: string): boolean {
  return aeTitle === calling || aliases.includes(calling)
}

/** Whether a caller is this device; a host name is trusted to be its own, as admission looks it up. */
export function isCallerOf(device: Pick<Device, 'aeTitle' | 'aliases' | 'address'>, caller: CallerName): boolean {
  if (!isNameOf(device, caller.aeTitle)) return false
  return device.address === '' || isIP(device.address) === 0 || device.address === caller.address
}
