import { useState } from 'react'
import type { QuarantinedInstance } from '#shared/contract/quarantine.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { formatBytes } from '../../app/formatAmount.ts'
import { Button } from '../../ui/Button.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import css from './QuarantineDialog.module.css'
import { acceptQuarantined, deleteQuarantined } from './quarantineActions.ts'

const when = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

interface QuarantineRowProps {
  row: QuarantinedInstance
  onOpen(studyId: number): void
}

export function QuarantineRow({ row, onOpen }: QuarantineRowProps) {
  const [isSure, setSure] = useState(false)
  const { quarantineId, reason, studyId } = row
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
          {row.differences.length > 0 && `Not the same in both: ${row.differences.join(', ')}.`}
        </div>
        <div className={`mono ${css.uid}`}>{row.sopInstanceUID}</div>
      </div>
      <div className={css.actions}>
        {isSure ? (
          <>
            <Button variant="plain" autoFocus onClick={() => setSure(false)}>
              Keep it
            </Button>
            <Button variant="danger" onClick={() => void deleteQuarantined([quarantineId])}>
              Delete for good
            </Button>
          </>
        ) : (
          <>
            {studyId !== null && (
              <Button variant="plain" onClick={() => onOpen(studyId)}>
                Open study
              </Button>
            )}
            <Button
              aria-label={`${reason === 'differs' ? 'Accept' : 'Take back'} ${row.sopInstanceUID}`}
              onClick={() => void acceptQuarantined(quarantineId)}
            >
              {reason === 'differs' ? 'Accept' : 'Take back'}
            </Button>
            <Button aria-label={`Delete ${row.sopInstanceUID}`} onClick={() => setSure(true)}>
              Delete
            </Button>
          </>
        )}
      </div>
    </li>
  )
}
