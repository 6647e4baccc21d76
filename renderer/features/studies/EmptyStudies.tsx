import { Inbox, SearchX, Trash2 } from 'lucide-react'
import { acceptOf } from '#shared/contract/callerChecks.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { useSettings, useStatus } from '../../api/workstation.ts'
import { formatNumber } from '../../app/formatAmount.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { type Criteria, useBrowser } from './filter/browserState.ts'
import { datePresetPhrase } from './filter/datePresets.ts'
import { narrows, toStudyFilter } from './filter/toStudyFilter.ts'
import firstRun from './firstRun/FirstRun.module.css'
import { NextSteps } from './firstRun/NextSteps.tsx'

/** Why there is nothing, and the one or two next steps. */
export function EmptyStudies({ inTrash }: { inTrash: boolean }) {
  const criteria = useBrowser((state) => state.criteria)
  if (narrows(criteria)) return <NoMatch criteria={criteria} inTrash={inTrash} />
  if (inTrash) {
    return (
      <EmptyState icon={Trash2} title="The trash is empty">
        Deleted studies wait here before they are gone for good.
      </EmptyState>
    )
  }
  return <NothingYet />
}

function NoMatch({ criteria, inTrash }: { criteria: Criteria; inTrash: boolean }) {
  const change = useBrowser((state) => state.change)
  const clear = useBrowser((state) => state.clear)
  const dated = criteria.datePreset !== 'all'
  const allDates = toStudyFilter({ ...criteria, datePreset: 'all' }, new Date())
  const { data } = useQueryOperation(
    'studies',
    'list',
    { ...allDates, limit: 1, ...(inTrash ? { trashed: true } : {}) },
    { enabled: dated },
  )
  const elsewhere = dated ? (data?.total ?? 0) : 0
  const what = criteria.text.trim() === '' ? 'No study matches' : `No study matches “${criteria.text.trim()}”`
  return (
    <EmptyState
      icon={SearchX}
      title={[what, datePresetPhrase(criteria.datePreset)].filter(Boolean).join(' ')}
      actions={
        <>
          {elsewhere > 0 && <Button onClick={() => change({ datePreset: 'all' })}>Search all dates</Button>}
          <Button variant="plain" onClick={clear}>
            Clear the search
          </Button>
        </>
      }
    >
      {elsewhere > 0 && `${formatNumber(elsewhere)} ${elsewhere === 1 ? 'matches' : 'match'} in all dates.`}
    </EmptyState>
  )
}

function NothingYet() {
  const status = useStatus()
  const settings = useSettings()?.settings
  const listening = status?.listening
  const address = status?.addresses[0]?.address
  return (
    <EmptyState icon={Inbox} title="No studies yet">
      {listening?.state === 'listening' ? (
        <p data-selectable>
          Scanners send to <span className="mono">{listening.aeTitle}</span>, port{' '}
          <span className="mono">{listening.port}</span>
          {address && (
            <>
              , address <span className="mono">{address}</span>
            </>
          )}
          .{' '}
          {settings &&
            acceptOf(settings) === 'known' &&
            'Only known devices may: a new one is refused and listed under Transfers, where you let it in.'}
        </p>
      ) : (
        <p>
          {listening?.state === 'failed'
            ? `This workstation does not listen. ${listening.sentence}`
            : 'This workstation does not listen yet.'}
        </p>
      )}
      <div className={firstRun.empty}>
        <NextSteps />
      </div>
    </EmptyState>
  )
}
