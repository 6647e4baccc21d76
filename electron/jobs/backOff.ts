const FIRST_MS = 5000
const LONGEST_MS = 15 * 60_000
/** Two workstations that lost the same server do not come back at the same moment. */
const JITTER = 0.2

/** How long until the next try after so many in vain: 5 s, doubled each time, 15 min at most. */
export function backOffMs(attempts: number, random: () => number = Math.random): number {
  const exact = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(Math.max(0, attempts - 1), 12))
  const spread = exact * (1 - JITTER + 2 * JITTER * random())
  return Math.round(Math.min(LONGEST_MS, Math.max(FIRST_MS, spread)))
}
