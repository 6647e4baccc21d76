import { Copy, History, Square } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { DiagnosisRun, DiagnosisStep } from '#shared/contract/diagnosis.ts'
import { reportOf } from '#shared/diagnosis/report.ts'
import { useShortcuts } from '../../../app/shortcuts.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Menu } from '../../../ui/Menu.tsx'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import { copyText } from '../copyText.ts'
import { testedAtFull } from '../testedAt.ts'
import css from './RunSummary.module.css'

/** What the test came to, in a sentence and in numbers. */
export function RunSummary({ run, earlier, onShow, onForget }: RunSummaryProps) {
  const count = (result: DiagnosisStep['result']) => run.steps.filter((step) => step.result === result).length
  return (
    <div className={css.summary}>
      <div className={css.result} role="status" data-testid="echo-outcome">
        <StatusWord status={run.state === 'cancelled' ? 'cancelled' : run.verdict}>
          {run.state === 'cancelled' ? 'Stopped' : undefined}
        </StatusWord>
        <p className={css.sentence}>{run.sentence}</p>
      </div>
      <div className={css.counts}>
        <span>{count('pass')} pass</span>
        <span>{count('warn')} warn</span>
        <span>{count('fail')} fail</span>
        <span>{count('not-run')} not run</span>
        <span className={css.grow} />
        {earlier.length > 1 && (
          <Menu
            align="end"
            trigger={<IconButton label="Earlier tests" icon={History} size="small" />}
            items={[
              ...earlier.map((one, index) => ({
                label: index === 0 ? `Latest, ${testedAtFull(one.startedAt)}` : testedAtFull(one.startedAt),
                note: one.verdict.toUpperCase(),
                onSelect: () => onShow(index === 0 ? undefined : one.startedAt),
              })),
              'separator',
              { label: 'Forget all of them', onSelect: onForget },
            ]}
          />
        )}
        <IconButton
          label="Copy report"
          icon={Copy}
          size="small"
          onClick={() => void copyText(reportOf(run), 'Report copied')}
        />
      </div>
    </div>
  )
}

interface RunSummaryProps {
  run: DiagnosisRun
  earlier: readonly DiagnosisRun[]
  onShow(startedAt: number | undefined): void
  onForget(): void
}

export function RunProgress({ startedAt, onStop }: { startedAt: number; onStop(): void }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  useShortcuts('Connection test', [{ keys: 'Escape', label: 'Stop the test', run: onStop }])
  const seconds = Math.max(0, Math.floor((now - startedAt) / 1000))
  return (
    <div className={css.running}>
      <span role="status">
        <StatusWord status="sending">Testing</StatusWord>
      </span>
      <span className="tabular">{seconds > 0 && `${seconds} s`}</span>
      <span className={css.grow} />
      <Button size="small" variant="plain" icon={Square} keyHint="Esc" onClick={onStop}>
        Stop
      </Button>
    </div>
  )
}
