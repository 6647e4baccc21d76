import { ArrowDown, ArrowUp, FolderInput, type LucideIcon } from 'lucide-react'
import type { TransferKind, TransferRow } from '#shared/contract/transfers.ts'
import { formatBytesPerSecond } from '../../app/formatAmount.ts'
import { classNames } from '../../ui/classNames.ts'
import { ProofStrip } from '../../ui/ProofStrip.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import css from './TransferTable.module.css'
import { countText, proofCounts, stateWord, timeText } from './transferState.ts'

const arrows: Record<TransferKind, LucideIcon> = {
  receive: ArrowDown,
  retrieve: ArrowDown,
  send: ArrowUp,
  import: FolderInput,
}

/** The strip gives way before the names do. */
export function imagesWidth(windowWidth: number): number {
  return Math.round(Math.min(800, Math.max(120, 200 + (windowWidth - 1100) * 0.45)))
}

interface TransferCellsProps {
  row: TransferRow
  /** What is moved, beside whose it is. */
  note: string | undefined
  now: number
  images: number
}

export function TransferCells({ row, note, now, images }: TransferCellsProps) {
  const { status, word } = stateWord(row, now)
  const Arrow = arrows[row.kind]
  return (
    <>
      <td className={css.strong}>
        <StatusWord status={status}>{word}</StatusWord>
      </td>
      <td className={css.study} title={[row.title, note].filter(Boolean).join(', ')}>
        {row.title || <span className="faint">–</span>}
        {note && <span className={css.note}>{note}</span>}
        {row.priority === 'urgent' && row.endedAt === null && <span className={css.note}>urgent</span>}
      </td>
      <td title={row.peer}>
        <span className={css.where}>
          <Arrow size={14} strokeWidth={1.75} aria-hidden="true" />
          <span className={classNames('ellipsis', row.kind === 'receive' && 'mono')}>{row.peer}</span>
        </span>
      </td>
      <td title={messageOf(row)}>
        {showsStrip(row) ? (
          <span className={css.strip}>
            <ProofStrip counts={proofCounts(row)} width={images} />
          </span>
        ) : (
          messageOf(row)
        )}
      </td>
      <td className={classNames(css.number, css.strong)}>{countText(row)}</td>
      <td className={css.number}>{row.bytesPerSecond > 0 && formatBytesPerSecond(row.bytesPerSecond)}</td>
      <td className={css.time}>{timeText(row, now)}</td>
    </>
  )
}

const messageOf = ({ message, proof }: TransferRow) => message || proof?.differs || ''

/** While it runs or needs a person; what is over says its message. */
function showsStrip({ state, total, message }: TransferRow): boolean {
  if (state === 'waiting' || state === 'paused') return total !== null && message === ''
  return state === 'running' || state === 'partial'
}
