import { Check, Clock, TriangleAlert } from 'lucide-react'
import { useKeeping } from '../../viewer/keepMeasurements.ts'
import css from './SidePanel.module.css'

/** Whether what was measured is on disk. */
export function WhereKept() {
  const { state, at, message } = useKeeping()
  if (state === 'failed') {
    return (
      <p className={css.failed} role="alert">
        <TriangleAlert size={14} strokeWidth={1.75} aria-hidden="true" />
        Not saved: {message}
      </p>
    )
  }
  if (state === 'keeping') {
    return (
      <p className={css.kept}>
        <Clock size={14} strokeWidth={1.75} aria-hidden="true" />
        Saving
      </p>
    )
  }
  if (at === undefined) return null
  const time = new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
  return (
    <p className={css.kept}>
      <Check size={14} strokeWidth={1.75} aria-hidden="true" />
      Saved with the study at {time}
    </p>
  )
}
