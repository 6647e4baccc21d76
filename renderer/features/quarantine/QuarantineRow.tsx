import { Fragment, useState } from 'react'
import type { QuarantinedInstance } from '#shared/contract/quarantine.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { formatBytes, formatCount } from '../../app/formatAmount.ts'
import { showFailure } from '../../app/showFailure.ts'
import { Button } from '../../ui/Button.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import css from './QuarantineDialog.module.css'
import { acceptQuarantined, deleteQuarantined, measurementsAtStake } from './quarantineActions.ts'

const when = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

interface QuarantineRowProps {
  row: QuarantinedInstance
  onOpen(studyId: number): void
}

export function QuarantineRow({ row, onOpen }: QuarantineRowProps) {
  const [asked, setAsked] = useState<'accept' | 'delete' | undefined>()
  const [isBusy, setBusy] = useState(false)
  const { quarantineId, reason, studyId } = row
  const verb = reason === 'differs' ? 'Accept' : 'Take back'
  const measured = formatCount(row.measurements, 'measurement')
  /** Until the list is the one after: this row is then another one. */
  const accept = async (isSure: boolean) => {
    setAsked(undefined)
    setBusy(true)
    try {
      if (!isSure && (await measurementsAtStake(quarantineId)) > 0) setAsked('accept')
      else await acceptQuarantined(quarantineId)
    } catch (error) {
      showFailure(error)
    }
    setBusy(false)
  }
  const name = formatPersonName(row.patientName) || 'No name'
  const study = [row.modality, row.studyDescription].filter(Boolean).join(', ')
  return (
    <li className={css.row}>
      <div className={css.what}>
        <div className={css.line}>
          <StatusWord status={reason === 'differs' ? 'warn' : 'none'}>
            {reason === 'differs' ? 'Differs' : 'Replaced'}
          </StatusWord>
          <span className={css.name}>{name}</span>
          <span className="mono">{row.patientId}</span>
          <span className={css.quiet}>{study}</span>
        </div>
        <div className={css.quiet}>
          {row.callingAETitle === '' ? 'Came' : `${row.callingAETitle} ${row.address} sent it`}{' '}
          {when.format(row.receivedAt)}, {formatBytes(row.bytes)}.{' '}
          {row.alsoFrom.length > 0 && `${row.alsoFrom.join(', ')} sent the same. `}
          {row.differences.length > 0 && `Not the same in both: ${row.differences.join(', ')}.`}
        </div>
        <div className={`mono ${css.uid}`}>{row.sopInstanceUID}</div>
        {row.measurements > 0 &&
          (asked === 'accept' ? (
            <div role="alert" className={css.stake}>
              {measured} on the image that is in the archive will go into quarantine with it, and come back only with
              it: points of one image say nothing about another.
            </div>
          ) : (
            <div className={css.quiet}>{measured} on the image that is in the archive.</div>
          ))}
      </div>
      {/* Keys: without them the button that was pressed would become the one that deletes, focus and all. */}
      <div className={css.actions}>
        {asked === 'accept' ? (
          <Fragment key="accept">
            <Button variant="plain" autoFocus onClick={() => setAsked(undefined)}>
              Leave it
            </Button>
            <Button variant="primary" onClick={() => void accept(true)}>
              {verb}, put {measured} aside
            </Button>
          </Fragment>
        ) : asked === 'delete' ? (
          <Fragment key="delete">
            <Button variant="plain" autoFocus onClick={() => setAsked(undefined)}>
              Keep it
            </Button>
            <Button variant="danger" onClick={() => void deleteQuarantined([quarantineId])}>
              Delete for good
            </Button>
          </Fragment>
        ) : (
          <Fragment key="choices">
            {studyId !== null && (
              <Button variant="plain" onClick={() => onOpen(studyId)}>
                Open study
              </Button>
            )}
            <Button aria-label={`${verb} ${row.sopInstanceUID}`} disabled={isBusy} onClick={() => void accept(false)}>
              {verb}
            </Button>
            <Button aria-label={`Delete ${row.sopInstanceUID}`} disabled={isBusy} onClick={() => setAsked('delete')}>
              Delete
            </Button>
          </Fragment>
        )}
      </div>
    </li>
  )
}
