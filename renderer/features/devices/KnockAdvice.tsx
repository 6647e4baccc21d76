import { Info, Lightbulb } from 'lucide-react'
import type { KnockAdvice as Advice } from '#shared/contract/devices.ts'
import css from './Knocks.module.css'
import { MarkedTitle } from './MarkedTitle.tsx'

/** What is most probably wrong, in words, with both values under each other. */
export function KnockAdvice({ advice }: { advice: Advice }) {
  const isNear = advice.kind !== 'other-called'
  const Icon = isNear ? Lightbulb : Info
  return (
    <div className={css.advice} data-near={isNear}>
      <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
      <div>
        <p className={css.adviceTitle}>{advice.title}</p>
        <p className={css.adviceWords}>{advice.words}</p>
        {isNear && advice.kind !== 'swapped' && (
          <dl className={css.compared}>
            <dt>It said</dt>
            <dd>
              <MarkedTitle text={advice.said} at={advice.saidAt} />
            </dd>
            <dt>{advice.kind === 'called' ? 'We are' : 'You allow'}</dt>
            <dd>
              <MarkedTitle text={advice.known} at={advice.knownAt} />
            </dd>
          </dl>
        )}
      </div>
    </div>
  )
}
