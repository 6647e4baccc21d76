import { isIPv6 } from 'node:net'
import { runProgram } from './runProgram.ts'

export type Ping = { kind: 'answered'; ms: number } | { kind: 'silent' } | { kind: 'no-program' }

const WAIT_MS = 1000
const TIMEOUT_MS = 3500

/** Two echo requests by the system's own program: raw sockets need rights that we do not want. */
export async function ping(address: string, signal: AbortSignal): Promise<Ping> {
  const { program, args } = pingCommand(address, process.platform)
  const { code, output } = await runProgram(program, args, TIMEOUT_MS, signal)
  if (code === undefined) return { kind: 'no-program' }
  const ms = code === 0 ? roundTripMs(output) : undefined
  return ms === undefined ? { kind: 'silent' } : { kind: 'answered', ms }
}

export function pingCommand(address: string, platform: string): { program: string; args: string[] } {
  if (platform === 'win32') return { program: 'ping', args: ['-n', '2', '-w', String(WAIT_MS), address] }
  if (platform === 'darwin')
    return isIPv6(address)
      ? { program: 'ping6', args: ['-n', '-c', '2', address] }
      : { program: 'ping', args: ['-n', '-c', '2', '-W', String(WAIT_MS), address] }
  return { program: 'ping', args: ['-n', '-c', '2', '-i', '0.3', '-W', '1', address] }
}

/** The fastest answer; the words around the number are in the system's language. `<1ms` counts as 1. */
export function roundTripMs(output: string): number | undefined {
  const replies = output.split(/\r?\n/).filter((line) => /ttl|hlim/i.test(line))
  const lines = replies.length > 0 ? replies : output.split(/\r?\n/)
  const times = lines.flatMap((line) => {
    const [, value] = /[=<]\s*(\d+(?:[.,]\d+)?)\s*ms/i.exec(line) ?? []
    return value === undefined ? [] : [Number(value.replace(',', '.'))]
  })
  return times.length === 0 ? undefined : Math.min(...times)
}
