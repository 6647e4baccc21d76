import { readdirSync, readFileSync } from 'node:fs'

/** Resident memory of a process and all that it started, in bytes. */
export function residentBytes(pid: number): number {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const child = Number(name)
    if (!Number.isInteger(child)) continue
    try {
      const stat = readFileSync(`/proc/${child}/stat`, 'utf8')
      parents.set(child, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // it has just ended
    }
  }
  const family = new Set([pid])
  for (let before = 0; before !== family.size; ) {
    before = family.size
    for (const [child, parent] of parents) if (family.has(parent)) family.add(child)
  }
  return [...family].reduce((sum, one) => sum + residentOf(one), 0)
}

function residentOf(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kilobytes ?? 0) * 1024
  } catch {
    return 0
  }
}

/** Watches resident memory until `stop`, which answers the highest. */
export function watchMemory(pid: number): { stop(): number } {
  let highest = residentBytes(pid)
  const timer = setInterval(() => {
    highest = Math.max(highest, residentBytes(pid))
  }, 50)
  return {
    stop: () => {
      clearInterval(timer)
      return Math.max(highest, residentBytes(pid))
    },
  }
}
