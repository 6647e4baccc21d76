import { CalendarClock, CheckCheck, Images, Loader, type LucideIcon, TriangleAlert } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import type { Order } from '#shared/contract/order.ts'
import type { Board, BoardColumn, RemoteItem } from '#shared/contract/worklist.ts'
import { Button } from '../../ui/Button.tsx'
import css from './BoardColumns.module.css'
import { moveCard } from './moveCard.ts'
import { OrderCard } from './OrderCard.tsx'
import { RemoteCard } from './RemoteCard.tsx'
import { UnmatchedCard, UnmatchedStepCard } from './UnmatchedCard.tsx'

interface BoardColumnsProps {
  board: Board
  remote: readonly RemoteItem[]
  withDay: boolean
  now: Date
  onEdit: (order: Order) => void
}

const columns: readonly { column: BoardColumn; title: string; icon: LucideIcon; empty: string }[] = [
  { column: 'scheduled', title: 'Scheduled', icon: CalendarClock, empty: 'Nothing is planned.' },
  { column: 'in-progress', title: 'In progress', icon: Loader, empty: 'No device is at work.' },
  { column: 'images-here', title: 'Images here', icon: Images, empty: 'No images wait to be read.' },
  { column: 'done', title: 'Done', icon: CheckCheck, empty: 'Nothing is done yet.' },
  { column: 'attention', title: 'Needs attention', icon: TriangleAlert, empty: 'All is well.' },
]

/** Arrow keys move between cards. */
export function BoardColumns({ board, remote, withDay, now, onEdit }: BoardColumnsProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (moveCard(event.key, event.currentTarget)) event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the cards inside
    <div className={css.board} onKeyDown={onKeyDown}>
      {columns.map(({ column, title, icon, empty }) => {
        const cards: ReactNode[] = []
        if (column === 'scheduled') cards.push(...scheduled(board, remote, withDay, now, onEdit))
        if (column === 'attention') {
          for (const study of board.studies) cards.push(<UnmatchedCard key={`study ${study.studyId}`} study={study} />)
          for (const step of board.steps) cards.push(<UnmatchedStepCard key={step.sopInstanceUID} step={step} />)
        }
        for (const card of board.cards) {
          if (card.column !== column || column === 'scheduled') continue
          const { order } = card
          cards.push(
            <OrderCard key={order.orderId} card={card} withDay={withDay} now={now} onEdit={() => onEdit(order)} />,
          )
        }
        return (
          <Column key={column} title={title} icon={icon} empty={empty} loud={column === 'attention'}>
            {cards}
          </Column>
        )
      })}
    </div>
  )
}

/** Our own and those of other servers, in the order of their times: people come in this order. */
function scheduled(
  board: Board,
  remote: readonly RemoteItem[],
  withDay: boolean,
  now: Date,
  onEdit: (order: Order) => void,
): ReactNode[] {
  const at = ({ date, time }: Order['request']) => `${date}${time}`
  const own = board.cards
    .filter(({ column }) => column === 'scheduled')
    .map((card) => {
      const { order } = card
      const node = (
        <OrderCard key={order.orderId} card={card} withDay={withDay} now={now} onEdit={() => onEdit(order)} />
      )
      return { at: at(order.request), node }
    })
  const others = remote.map((item) => ({
    at: at(item.content.request),
    node: <RemoteCard key={`${item.serverId} ${item.key}`} item={item} withDay={withDay} />,
  }))
  return [...own, ...others].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ node }) => node)
}

const SHOWN = 60

interface ColumnProps {
  title: string
  icon: LucideIcon
  empty: string
  loud: boolean
  children: readonly ReactNode[]
}

function Column({ title, icon: Icon, empty, loud, children }: ColumnProps) {
  const [shown, setShown] = useState(SHOWN)
  return (
    <section className={css.column} aria-label={title}>
      <h2 className={css.title} data-loud={loud && children.length > 0}>
        <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
        {title}
        <span className={css.count}>{children.length}</span>
      </h2>
      {children.length === 0 ? (
        <p className={css.empty}>{empty}</p>
      ) : (
        <ul className={css.cards} data-cards>
          {children.slice(0, shown)}
          {children.length > shown && (
            <li>
              <Button variant="plain" onClick={() => setShown(shown + SHOWN)}>
                Show {Math.min(SHOWN, children.length - shown)} more
              </Button>
            </li>
          )}
        </ul>
      )}
    </section>
  )
}
