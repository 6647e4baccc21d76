import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { childrenOf } from '../workstation/processTree.ts'

const SAMPLE_MS = 50

/**
 * Peak memory in MB of a process and all that it started, while `act` runs: the sum of each process' own peak (VmHWM),
 * which is never less than the peak of their sum. The kernel keeps VmHWM, so that no peak falls between two samples.
 */
export async function peakMemoryMB(pid: number, act: () => Promise<unknown>): Promise<number> {
  const peaks = new Map<number, number>()
  const sample = () => {
    for (const each of treeOf(pid)) peaks.set(each, Math.max(peaks.get(each) ?? 0, residentPeakMB(each)))
  }
  const stop = new AbortController()
  const sampling = (async () => {
    while (!stop.signal.aborted) {
      sample()
      await delay(SAMPLE_MS)
    }
  })()
  try {
    await act()
    sample()
  } finally {
    stop.abort()
    await sampling
  }
  if ((peaks.get(pid) ?? 0) === 0) throw new Error('Memory is read from /proc, which this system lacks.')
  return [...peaks.values()].reduce((sum, peak) => sum + peak, 0)
}

function treeOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(treeOf)]
}

function residentPeakMB(pid: number): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
    return Number(kilobytes ?? 0) / 1024
  } catch {
    return 0
  }
}
