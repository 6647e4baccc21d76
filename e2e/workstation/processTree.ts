import { readdirSync, readFileSync } from 'node:fs'

/** What a process started, by any of its threads. None where there is no /proc. */
export function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1').split(' ').filter(Boolean).map(Number),
    )
  } catch {
    // It ended in between.
    return []
  }
}

/** Kills a process and all that it started; what has left it for another parent stays. */
export function killTree(pid: number): void {
  const children = childrenOf(pid)
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended in between.
  }
  for (const child of children) killTree(child)
}
