import { Play, Plus } from 'lucide-react'
import type { RemoteItem } from '#shared/contract/worklist.ts'
import { formatDate, formatTime } from '#shared/dicom/dateTime.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { Button } from '../../ui/Button.tsx'
import css from './BoardCard.module.css'
import { whoText } from './cardText.ts'
import { startItem, takeItem } from './deskActions.ts'

/** An entry of another server's worklist, until somebody here takes it on. */
export function RemoteCard({ item, withDay }: { item: RemoteItem; withDay: boolean }) {
  const { patient, request } = item.content
  const day = withDay ? `${formatDate(request.date).slice(5)} ` : ''
  return (
    <li className={css.card}>
      <div className={css.plain}>
        <span className={css.line}>
          <strong className={css.name}>{formatPersonName(patient.patientName)}</strong>
          <span className={css.time}>{`${day}${request.time === '' ? 'any time' : formatTime(request.time)}`}</span>
        </span>
        <span className={css.who}>{whoText(patient, request.date)}</span>
        <span className={css.what}>{request.procedure}</span>
        <span className={css.line}>
          <span className={css.device}>{request.stationAETitle || `any ${request.modality}`}</span>
          <span className={css.images}>on {item.serverName}</span>
        </span>
        <div className={css.actions}>
          <Button size="small" icon={Play} onClick={() => void startItem(item)}>
            Start
          </Button>
          <Button size="small" variant="plain" icon={Plus} onClick={() => void takeItem(item)}>
            Take over
          </Button>
        </div>
      </div>
    </li>
  )
}
