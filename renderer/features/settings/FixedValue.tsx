import { Lock } from 'lucide-react'
import css from './SettingsPage.module.css'

/** Given on the command line of the host: shown, and not editable; the reason stands once, above. */
export function FixedValue({ label, value, mono }: { label: string; value: string; mono?: boolean }) {
  return (
    <div>
      <div className={css.label}>{label}</div>
      <div className={css.fixed}>
        <Lock size={14} strokeWidth={1.75} aria-hidden="true" />
        <span className={mono ? 'mono' : undefined}>{value}</span>
      </div>
    </div>
  )
}
