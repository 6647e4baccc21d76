import { Check, Import, TriangleAlert, X } from 'lucide-react'
import { useNavigation } from '../../../app/navigation.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import css from './ImportProgress.module.css'
import { dismissImport, type ImportJob, useImports } from './importFiles.ts'
import { importText } from './importText.ts'

/** Bottom right, until it is closed: what came in and what was not taken. */
export function ImportProgress() {
  const jobs = useImports((state) => state.jobs)
  if (jobs.length === 0) return null
  return (
    <section className={css.stack} aria-label="Imports">
      {jobs.map((job) => (
        <Job key={job.transferId} job={job} />
      ))}
    </section>
  )
}

function Job({ job }: { job: ImportJob }) {
  const showTransfer = useNavigation((state) => state.showTransfer)
  const { counts, total, title, state } = job
  const done = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const trouble = counts.rejected + counts.conflict > 0
  const Icon = state === 'running' ? Import : trouble ? TriangleAlert : Check
  return (
    <div className={css.job} role="status" data-tone={state === 'running' ? 'moving' : trouble ? 'warn' : 'ok'}>
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <div className={css.text}>
        <p className="ellipsis">
          {state === 'running' ? 'Importing' : 'Import of'} {title}
        </p>
        <p className={css.counts}>{importText(job)}</p>
        {job.note && counts.rejected + counts.conflict === 1 && <p className={css.counts}>{job.note}</p>}
        {state === 'running' && <ProgressBar label={`Import of ${title}`} value={done} max={total} width={280} />}
      </div>
      {state === 'running' ? (
        <Button size="small" onClick={job.cancel}>
          Cancel
        </Button>
      ) : (
        <>
          {trouble && (
            <Button size="small" onClick={() => showTransfer(job.transferId)}>
              Show
            </Button>
          )}
          <IconButton label="Close" icon={X} size="small" onClick={() => dismissImport(job.transferId)} />
        </>
      )}
    </div>
  )
}
