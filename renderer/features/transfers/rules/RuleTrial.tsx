import type { RuleCondition, RuleFields } from '#shared/contract/rules.ts'
import { useQueryOperation } from '../../../api/useQueryOperation.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import css from './RulesPage.module.css'
import { becauseText } from './ruleText.ts'

interface RuleTrialProps {
  conditions: readonly RuleCondition[]
  serverIds: readonly number[]
  action: RuleFields['action']
}

/** What came in meanwhile belongs to what a rule is tried on. */
const LOOK_AGAIN_MS = 10_000

const would = {
  send: 'Would have sent',
  priors: 'Would have looked for what is older than',
  notify: 'Would have told of',
  trash: 'Would have watched for proof of',
}

/** What it would have sent of the studies that are here. Seen before a rule is switched on. */
export function RuleTrial({ conditions, serverIds, action }: RuleTrialProps) {
  const input = { conditions: [...conditions], serverIds: [...serverIds] }
  const { data, error } = useQueryOperation('rules', 'try', input, { keepPrevious: true, everyMs: LOOK_AGAIN_MS })
  return (
    <div className={css.trial} role="status" aria-label="What it would have sent">
      {error && <StatusWord status="attention">{error.message}</StatusWord>}
      {!error && !data && <p>Looking at what is here…</p>}
      {data && data.looked === 0 && <p>No device has sent anything yet: there is nothing to try it on.</p>}
      {data && data.looked > 0 && (
        <>
          <p>
            <strong>{`${would[action]} ${data.matched} of the last ${formatCount(data.looked, 'study', 'studies')}`}</strong>
            {data.matched > 0 && `, ${formatCount(data.images, 'image')}`}.{' '}
            {action === 'send' ? 'Nothing is sent by trying.' : 'Trying does nothing.'}
          </p>
          <ul>
            {data.studies.map(({ studyId, title, description, modalities, from, images, because }) => (
              <li key={studyId} className={css.match}>
                <strong className="ellipsis">{title}</strong>
                <span className="secondary ellipsis">{[description, modalities].filter(Boolean).join(', ')}</span>
                {because.length > 0 && (
                  <span className={`secondary ellipsis ${css.because}`} title={becauseText(because)}>
                    {becauseText(because)}
                  </span>
                )}
                <span className={css.grow} />
                <span className="mono secondary">{from}</span>
                <span>{formatCount(images, 'image')}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
