import { useState } from 'react'
import type { Knock } from '#shared/contract/devices.ts'
import { formatCount } from '../../app/formatAmount.ts'
import { Button } from '../../ui/Button.tsx'
import { showIgnored } from './deviceActions.ts'
import { momentText } from './deviceText.ts'
import { KnockCard } from './KnockCard.tsx'
import css from './Knocks.module.css'

const SHOWN = 4

interface KnocksProps {
  knocks: readonly Knock[]
  ignored: number
  now: number
  onAllowed(deviceId: number): void
}

/** Who was refused and waits for a person. */
export function Knocks({ knocks, ignored, now, onAllowed }: KnocksProps) {
  const [all, setAll] = useState(false)
  if (knocks.length === 0 && ignored === 0) return null
  const since = Math.min(...knocks.map(({ firstAt }) => firstAt))
  const shown = all ? knocks : knocks.slice(0, SHOWN)
  return (
    <section className={css.knocks} aria-label="Someone knocked" data-region>
      <div className={css.head}>
        <h2 className={css.title}>{knocks.length > 0 ? 'Someone knocked' : 'Nobody else knocked'}</h2>
        {knocks.length > 0 && (
          <span className={css.faint}>
            {formatCount(knocks.length, 'caller')} refused since {momentText(since, now)}
          </span>
        )}
        <span className={css.grow} />
        {ignored > 0 && (
          <Button variant="plain" onClick={() => void showIgnored()}>
            Show {formatCount(ignored, 'ignored caller')}
          </Button>
        )}
        {knocks.length > SHOWN && (
          <Button variant="plain" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show all ${knocks.length}`}
          </Button>
        )}
      </div>
      {shown.length > 0 && (
        <div className={css.cards}>
          {shown.map((knock) => (
            <KnockCard key={knock.knockId} knock={knock} now={now} onAllowed={onAllowed} />
          ))}
        </div>
      )}
    </section>
  )
}
