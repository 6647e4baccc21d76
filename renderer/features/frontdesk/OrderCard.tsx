import { ArrowDownToLine, ChevronsUp, EllipsisVertical, TriangleAlert } from 'lucide-react'
import type { Card } from '#shared/contract/worklist.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { useNavigation } from '../../app/navigation.ts'
import { Button } from '../../ui/Button.tsx'
import { ContextMenu } from '../../ui/ContextMenu.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import css from './BoardCard.module.css'
import { cardMenu } from './cardMenu.ts'
import { clock, imagesText, isLate, whenText, whoText } from './cardText.ts'
import { cancelOrder, keepImages, takeImagesOff } from './deskActions.ts'

export interface OrderCardProps {
  card: Card
  withDay: boolean
  now: Date
  onEdit: () => void
}

const ARRIVING_MS = 20_000

/** One request. A click opens its images where there are any, else the request itself. */
export function OrderCard({ card, withDay, now, onEdit }: OrderCardProps) {
  const openStudies = useNavigation((state) => state.openStudies)
  const { order, column, studyIds } = card
  const { patient, request } = order
  const name = formatPersonName(patient.patientName)
  const open = () => (studyIds.length > 0 ? openStudies(studyIds) : onEdit())
  const items = cardMenu(card, { onEdit, onOpen: open })
  const late = column === 'scheduled' && isLate(order, now)
  const arriving = card.lastImageAt !== null && now.getTime() - card.lastImageAt < ARRIVING_MS
  const since = column === 'in-progress' && card.startedAt !== null ? `since ${clock(card.startedAt)}` : undefined
  return (
    <ContextMenu items={items}>
      <li className={css.card} data-column={column}>
        <button
          type="button"
          className={css.main}
          data-card
          onClick={open}
          onKeyDown={(event) => {
            if (event.key === 'e') onEdit()
            else if (event.key === 'Delete' && order.state === 'scheduled') void cancelOrder(order)
            else return
            event.preventDefault()
            event.stopPropagation()
          }}
        >
          <span className={css.line}>
            <strong className={css.name}>{name}</strong>
            {request.priority !== 'ROUTINE' && (
              <span className={css.urgent}>
                <ChevronsUp size={14} strokeWidth={1.75} aria-hidden="true" />
                {request.priority === 'STAT' ? 'Emergency' : 'Urgent'}
              </span>
            )}
            <span className={css.time} data-late={late}>
              {since ?? whenText(card, withDay, now)}
            </span>
          </span>
          <span className={css.who}>{whoText(patient, request.date)}</span>
          <span className={css.what}>{request.procedure}</span>
          <span className={css.line}>
            <span className={css.device}>
              {card.performedBy || request.stationAETitle || `any ${request.modality}`}
            </span>
            {order.source.kind === 'server' && <span className={css.source}>{order.source.name}</span>}
            <span className={css.images}>
              {arriving && <ArrowDownToLine size={14} strokeWidth={1.75} aria-hidden="true" className={css.arriving} />}
              {imagesText(card)}
            </span>
          </span>
          {card.thumbnails.length > 0 && column !== 'done' && (
            <span className={css.thumbnails}>
              {card.thumbnails.map((instanceId) => (
                <img key={instanceId} src={`data/thumbnail/${instanceId}`} alt="" className={css.thumbnail} />
              ))}
            </span>
          )}
        </button>
        {card.attention !== '' && <p className={css.note}>{card.attention}</p>}
        {column === 'attention' && card.byPatientId.images > 0 && (
          <div className={css.actions}>
            <Button size="small" aria-label={`Keep the images of ${name}`} onClick={() => void keepImages(card)}>
              Keep
            </Button>
            <Button
              size="small"
              variant="plain"
              aria-label={`Take off the images of ${name}`}
              onClick={() => void takeImagesOff(card)}
            >
              Take off
            </Button>
            <Button
              size="small"
              variant="plain"
              aria-label={`Look at the images of ${name}`}
              onClick={() => openStudies(card.byPatientId.studyIds)}
            >
              Look
            </Button>
          </div>
        )}
        {card.reportNote !== '' && (
          <p className={css.warning}>
            <TriangleAlert size={14} strokeWidth={1.75} aria-hidden="true" />
            {order.source.name} was not told: {card.reportNote}
          </p>
        )}
        <span className={css.menu}>
          <Menu
            align="end"
            items={items}
            trigger={<IconButton label={`Actions for ${name}`} icon={EllipsisVertical} size="small" />}
          />
        </span>
      </li>
    </ContextMenu>
  )
}
