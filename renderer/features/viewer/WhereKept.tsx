import { Check, Clock, TriangleAlert } from 'lucide-react'
import { formatNumber } from '../../app/formatAmount.ts'
import { useKeeping } from '../../viewer/keepMeasurements.ts'
import type { Measurement } from '../../viewer/measurements.ts'
import css from './SidePanel.module.css'
import { everyTool } from './toolEntries.ts'

/** The foot of the panel stays a foot. */
const NAMED_MAX = 3

/** Whether what was measured is on disk. */
export function WhereKept() {
  const { state, at, message, refused } = useKeeping()
  return (
    <>
      {state === 'failed' && <Failed>Not saved: {message}</Failed>}
      {refused.slice(0, NAMED_MAX).map(({ item, why }) => (
        <Failed key={item.id}>
          {nameOf(item)} is not saved. {why} Change or delete it.
        </Failed>
      ))}
      {refused.length > NAMED_MAX && <Failed>{formatNumber(refused.length - NAMED_MAX)} more are not saved.</Failed>}
      {state === 'keeping' ? (
        <p className={css.kept}>
          <Clock size={14} strokeWidth={1.75} aria-hidden="true" />
          Saving
        </p>
      ) : state === 'kept' && at !== undefined && refused.length === 0 ? (
        <p className={css.kept}>
          <Check size={14} strokeWidth={1.75} aria-hidden="true" />
          Saved with the study at {new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}
        </p>
      ) : null}
    </>
  )
}

function Failed({ children }: { children: React.ReactNode }) {
  return (
    <p className={css.failed} role="alert">
      <TriangleAlert size={14} strokeWidth={1.75} aria-hidden="true" />
      <span>{children}</span>
    </p>
  )
}

const NAME_MAX = 40

function nameOf({ name, kind }: Measurement): string {
  const own = name.length > NAME_MAX ? `${name.slice(0, NAME_MAX)}…` : name
  return own || (everyTool.find(({ tool }) => tool === kind)?.label ?? 'A measurement')
}
