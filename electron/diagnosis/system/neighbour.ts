import { readFile } from 'node:fs/promises'
import { runProgram } from './runProgram.ts'

const TIMEOUT_MS = 2000
const HARDWARE_ADDRESS = /([0-9a-f]{1,2}[:-]){5}[0-9a-f]{1,2}/i
const NONE = /^(00[:-]){5}00$/i

/**
 * Does a machine of our own network answer to this IPv4 address at all (ARP, RFC 826)? No firewall hinders that. Asked
 * after something was sent there; undefined when the system does not say.
 */
export async function neighbour(address: string, signal: AbortSignal): Promise<boolean | undefined> {
  const text =
    process.platform === 'linux'
      ? await readFile('/proc/net/arp', 'utf8').catch(() => '')
      : (await runProgram('arp', ['-a'], TIMEOUT_MS, signal)).output
  return neighbourIn(text, address)
}

export function neighbourIn(text: string, address: string): boolean | undefined {
  const line = text.split(/\r?\n/).find((each) => each.split(/[\s()]+/).includes(address))
  if (line === undefined) return undefined
  const [found] = HARDWARE_ADDRESS.exec(line) ?? []
  return found !== undefined && !NONE.test(found)
}
