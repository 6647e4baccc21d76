import type { Worker } from 'node:worker_threads'

/** By the clock it may take so many times as long, and so much more for a slow disk. */
const CLOCK_FACTOR = 10
const WAIT_MS = 30_000
const LOOK_MS = 20

/**
 * Tells when a thread has had more of the processor than its work should take, until the returned function is called. By
 * the clock that is after twice the time at the earliest, and later where others want the processor too: a busy machine
 * makes no work wrong.
 */
export function limitWork(worker: Worker, allowedMs: number, exceeded: () => void): () => void {
  let isEnded = false
  let timer: NodeJS.Timeout | undefined
  const end = () => {
    isEnded = true
    clearTimeout(timer)
    clearTimeout(late)
  }
  const exceed = () => {
    end()
    exceeded()
  }
  const late = setTimeout(exceed, WAIT_MS + CLOCK_FACTOR * allowedMs)
  const look = async (usedBefore: number | undefined) => {
    const used = await processorMs(worker)
    if (isEnded || used === undefined) return
    const left = usedBefore === undefined ? allowedMs : allowedMs - (used - usedBefore)
    if (left <= 0) exceed()
    else timer = setTimeout(() => void look(usedBefore ?? used), Math.max(left, LOOK_MS))
  }
  timer = setTimeout(() => void look(undefined), allowedMs)
  return end
}

/** What a thread has had so far; it tells in the middle of its work, too. Undefined once it has ended. */
async function processorMs(worker: Worker): Promise<number | undefined> {
  try {
    const { user, system } = await worker.cpuUsage()
    return (user + system) / 1000
  } catch {
    return undefined
  }
}
