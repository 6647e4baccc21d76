import { useQuery } from '@tanstack/react-query'
import type { RuleRow } from '#shared/contract/rules.ts'
import { callQuery } from '../../../api/useQueryOperation.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import { useNavigation } from '../../../app/navigation.ts'
import { Button } from '../../../ui/Button.tsx'
import css from './RulesPage.module.css'

const moment = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

/** What each rule did, newest first; asked again whenever a rule fired. */
export function Firings({ news }: { news: readonly RuleRow[] | undefined }) {
  const showTransfer = useNavigation((state) => state.showTransfer)
  const last = Math.max(0, ...(news ?? []).map(({ lastFiredAt }) => lastFiredAt ?? 0))
  const { data } = useQuery({
    queryKey: ['rules', 'firings', last, news],
    queryFn: ({ signal }) => callQuery('rules', 'firings', {}, signal),
    placeholderData: (previous) => previous,
    gcTime: 0,
  })
  // What rules that are gone did stays to be read.
  if (!news || (news.length === 0 && !data?.length)) return null
  return (
    <>
      <h2 className={css.heading}>What the rules did</h2>
      {data?.length === 0 && <p className={css.none}>Nothing yet.</p>}
      {data && data.length > 0 && (
        <table className={css.log} aria-label="What the rules did">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Rule</th>
              <th scope="col">Study</th>
              <th scope="col">Server</th>
              <th scope="col">Outcome</th>
            </tr>
          </thead>
          <tbody>
            {data.map(({ firingId, at, ruleName, title, serverName, images, transferId, note }) => (
              <tr key={firingId}>
                <td>{moment.format(at)}</td>
                <td>{ruleName}</td>
                <td>{title}</td>
                <td>{serverName}</td>
                <td>
                  {transferId === '' ? (
                    note
                  ) : (
                    <Button
                      className={css.outcome}
                      variant="plain"
                      size="small"
                      onClick={() => showTransfer(transferId)}
                    >
                      {note || formatCount(images, 'image')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
