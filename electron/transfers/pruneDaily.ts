import type { Clock } from '#electron/jobs/clock.ts'

const DAY_MS = 86_400_000

/** Forgets what is beyond the retention, now and each day: a workstation in a cupboard is not started again for months. */
export function pruneDaily(log: { prune(): Promise<void> }, clock: Clock): () => void {
  let cancel = () => {}
  const prune = () => {
    // What could not be forgotten today is forgotten tomorrow.
    void log.prune().catch(() => {})
    cancel = clock.after(DAY_MS, prune)
  }
  prune()
  return () => cancel()
}
