import type { Reach } from '#shared/contract/devices.ts'
import { type FirewallCommand, firewallCommands } from '#shared/network/firewallCommands.ts'

const SYSTEM_OF: Record<Reach['platform'], string> = { windows: 'Windows', macos: 'macOS', linux: 'Linux', other: '' }

/** What opens the ports: for this computer, by the firewall that was found there, and for others. */
export function firewallFor(
  { firewall, platform, program }: Pick<Reach, 'firewall' | 'platform' | 'program'>,
  ports: readonly number[],
): { own: FirewallCommand[]; others: FirewallCommand[] } {
  const word = firewall.tool || SYSTEM_OF[platform]
  const isOwn = ({ system }: FirewallCommand) => word !== '' && system.startsWith(word)
  const all = firewallCommands(ports, program)
  return { own: all.filter(isOwn), others: all.filter((one) => !isOwn(one)) }
}

/** Each port that devices may call. */
export function openPorts({ port, tlsPort }: Pick<Reach, 'port' | 'tlsPort'>): number[] {
  return [port, tlsPort].filter((one) => one !== null)
}
