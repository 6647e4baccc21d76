export interface ProofCounts {
  waiting?: number
  sent?: number
  stored?: number
  proved?: number
  refused?: number
}

const PROOF_TICKS_MAX = 400

const order = ['proved', 'stored', 'refused', 'sent', 'waiting'] as const
export type ProofState = (typeof order)[number]

/**
 * One tick per instance, bucketed above 400. A bucket never hides a refusal: a state that occurs keeps at least one tick.
 */
export function proofTicks(counts: ProofCounts, most: number = PROOF_TICKS_MAX): ProofState[] {
  const total = order.reduce((sum, state) => sum + (counts[state] ?? 0), 0)
  if (total === 0) return []
  const ticks = Math.min(total, most)
  const shares = order.map((state) => {
    const count = counts[state] ?? 0
    return { state, ticks: count === 0 ? 0 : Math.max(1, Math.round((count / total) * ticks)) }
  })
  const excess = shares.reduce((sum, share) => sum + share.ticks, 0) - ticks
  const largest = shares.reduce((a, b) => (b.ticks > a.ticks ? b : a))
  largest.ticks -= excess
  return shares.flatMap(({ state, ticks: n }) => Array.from({ length: Math.max(0, n) }, () => state))
}
