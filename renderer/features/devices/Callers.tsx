import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { CallerRow } from '#shared/contract/devices.ts'
import { formatCount } from '../../app/formatAmount.ts'
import { Button } from '../../ui/Button.tsx'
import css from './DevicesPage.module.css'
import { agoText } from './deviceText.ts'

const SHOWN = 5

interface CallersProps {
  callers: readonly CallerRow[]
  now: number
  onAdd(caller: CallerRow): void
}

/** Who calls and has no entry: a server, or anybody while everybody is let in. */
export function Callers({ callers, now, onAdd }: CallersProps) {
  const [all, setAll] = useState(false)
  if (callers.length === 0) return null
  return (
    <section className={css.callers} aria-label="Also let in" data-region>
      <div className={css.head}>
        <h2 className={css.title}>Also let in</h2>
        <span className={css.faint}>without an entry among the devices</span>
        <span className={css.grow} />
        {callers.length > SHOWN && (
          <Button variant="plain" size="small" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show all ${callers.length}`}
          </Button>
        )}
      </div>
      <ul className={css.callerList}>
        {(all ? callers : callers.slice(0, SHOWN)).map((caller) => (
          <li key={`${caller.aeTitle}@${caller.address}`} className={css.caller}>
            <span className={`mono ${css.callerName}`}>{caller.aeTitle}</span>
            <span className="mono">{caller.address}</span>
            <span>{agoText(caller.lastSeenAt, now)}</span>
            <span>{formatCount(caller.days.at(-1) ?? 0, 'image')} today</span>
            <span className={css.faint}>{caller.isServer ? 'one of the servers' : ''}</span>
            <Button size="small" icon={Plus} onClick={() => onAdd(caller)}>
              Add
              <span className="visuallyHidden"> {caller.aeTitle}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
