import css from './ProofStrip.module.css'
import { type ProofCounts, type ProofState, proofTicks } from './proofTicks.ts'

const height: Record<ProofState, number> = { waiting: 3, sent: 6, stored: 10, proved: 14, refused: 14 }

/** Our own mark: state by height, so that it reads the same in grey. Only while a job runs or needs attention. */
export function ProofStrip({ counts, width = 360 }: { counts: ProofCounts; width?: number }) {
  const ticks = proofTicks(counts, Math.min(400, Math.floor(width / 2)))
  const step = Math.min(6, width / Math.max(1, ticks.length))
  const stroke = Math.max(1, Math.min(5, step - 1))
  const paths = new Map<ProofState, string>()
  ticks.forEach((state, index) => {
    const x = (index + 0.5) * step
    const line = state === 'refused' ? `M${x} 16v-6M${x} 7.5v-5.5` : `M${x.toFixed(2)} 16v-${height[state]}`
    paths.set(state, (paths.get(state) ?? '') + line)
  })
  const name = (['waiting', 'sent', 'stored', 'proved', 'refused'] as const)
    .filter((state) => counts[state])
    .map((state) => `${counts[state]} ${state}`)
    .join(', ')
  return (
    <svg role="img" aria-label={name || 'nothing yet'} className={css.strip} width={width} height={16}>
      {[...paths].map(([state, path]) => (
        <path key={state} d={path} data-state={state} strokeWidth={stroke} />
      ))}
    </svg>
  )
}
