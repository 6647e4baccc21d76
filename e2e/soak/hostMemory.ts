import { readdirSync, readFileSync } from 'node:fs'

/** What a process of the workstation has taken, as the system counts it. */
export interface HostMemory {
  /** Resident and not backed by a file. */
  bytes: number
  /** Files, sockets and what else is open. */
  handles: number
  threads: number
}

export function hostMemory(pid: number): HostMemory {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  const number = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
  return {
    bytes: number('RssAnon') * 1024,
    handles: readdirSync(`/proc/${pid}/fd`).length,
    threads: number('Threads'),
  }
}
