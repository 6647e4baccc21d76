import type { SendCheck, SendFinding } from '#shared/contract/transfers.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import { Button } from '../../../ui/Button.tsx'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import { Thumbnail } from '../strip/Thumbnail.tsx'
import css from './SendFindings.module.css'

interface SendFindingsProps {
  check: SendCheck | undefined
  error: string | undefined
  summary: string | undefined
  /** The images that came late are those of one server. */
  canChooseNew: boolean
  onlyNew: boolean
  onOnlyNew(instanceIds: readonly number[] | undefined): void
}

const SHOWN = 4

/** Whether it is whole and whose it is, said before it goes. */
export function SendFindings({ check, error, summary, canChooseNew, onlyNew, onOnlyNew }: SendFindingsProps) {
  if (error !== undefined)
    return (
      <p className={css.box} role="alert">
        <StatusWord wraps status="attention">
          {error}
        </StatusWord>
      </p>
    )
  const shown = check?.findings.slice(0, SHOWN) ?? []
  const more = (check?.findings.length ?? 0) - shown.length
  const newImages =
    check?.findings.filter(({ kind }) => kind === 'late').flatMap(({ instanceIds }) => instanceIds) ?? []
  return (
    <div className={css.box}>
      <div className={css.pictures} aria-hidden="true">
        {check?.thumbnails.map(({ instanceId, modality }, place) => (
          <Thumbnail key={instanceId ?? -place} instanceId={instanceId} modality={modality} className={css.picture} />
        ))}
      </div>
      <div className={css.words} role="status" aria-label="What is sent">
        <p className={css.summary}>{summary ?? ' '}</p>
        <ul className={css.list}>
          {shown.map((finding) => (
            <li key={`${finding.kind} ${finding.text}`}>
              <Finding finding={finding} />
            </li>
          ))}
        </ul>
        {more > 0 && <p className={css.more}>{`and ${more} more`}</p>}
        {canChooseNew && newImages.length > 0 && (
          <Button size="small" onClick={() => onOnlyNew(newImages)}>
            {`Send only ${formatCount(newImages.length, 'new image')}`}
          </Button>
        )}
        {onlyNew && (
          <Button size="small" onClick={() => onOnlyNew(undefined)}>
            Send all of it
          </Button>
        )}
      </div>
    </div>
  )
}

function Finding({ finding }: { finding: SendFinding }) {
  return (
    <StatusWord wraps status={finding.ok ? 'pass' : 'attention'}>
      {finding.text}
    </StatusWord>
  )
}
