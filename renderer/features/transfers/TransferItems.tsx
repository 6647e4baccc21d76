import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import type { ItemCommitment, TransferItem, TransferRow } from '#shared/contract/transfers.ts'
import { Bars } from '../../ui/Bars.tsx'
import { classNames } from '../../ui/classNames.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { itemCommitmentWord } from './commitmentText.ts'
import { rowHeight } from './rowHeight.ts'
import { Space } from './Space.tsx'
import css from './TransferItems.module.css'
import { statusText } from './transferActions.ts'
import { itemWord } from './transferState.ts'

interface TransferItemsProps {
  row: TransferRow
  items: readonly TransferItem[] | undefined
  error: string | undefined
}

const HEADER = 28
const rank: Record<TransferItem['state'], number> = {
  failed: 0,
  warning: 1,
  'left-out': 2,
  done: 3,
  duplicate: 3,
  waiting: 4,
}

/** What waits for another try stands with what failed: somebody may want to know why. */
function rankOf({ state, note }: TransferItem): number {
  return state === 'waiting' && note !== '' ? rank.failed : rank[state]
}

/** Every instance with its own status; what failed comes first. */
export function TransferItems({ row, items, error }: TransferItemsProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const sorted = useMemo(() => {
    const numbered = (items ?? []).map((item, index) => ({ item, number: index + 1 }))
    return numbered.toSorted((a, b) => rankOf(a.item) - rankOf(b.item) || a.number - b.number)
  }, [items])
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: 20,
    paddingStart: HEADER,
  })
  const drawn = virtual.getVirtualItems()
  const before = (drawn[0]?.start ?? HEADER) - HEADER
  const after = virtual.getTotalSize() - (drawn.at(-1)?.end ?? virtual.getTotalSize())
  const hasStatus = row.kind !== 'import'
  const hasCommitment = row.commitment !== undefined
  const hasProof = row.proof !== null && row.proof.attempts > 0
  const columns = 4 + (hasStatus ? 1 : 0) + (hasCommitment ? 1 : 0) + (hasProof ? 1 : 0)
  if (error) return <p className={css.nothing}>{error}</p>
  if (!items) return <Bars rows={3} />
  if (items.length === 0)
    return <p className={css.nothing}>{row.endedAt === null ? 'No image yet.' : 'No image came.'}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div ref={scroller} className={css.scroller} tabIndex={0}>
      <table className={css.table} aria-label="Images of the transfer" aria-rowcount={sorted.length + 1}>
        <colgroup>
          <col style={{ width: 72 }} />
          <col style={{ width: 144 }} />
          <col />
          {hasStatus && <col style={{ width: 72 }} />}
          {hasCommitment && <col style={{ width: 144 }} />}
          {hasProof && <col style={{ width: 144 }} />}
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col" className={css.number}>
              No.
            </th>
            <th scope="col">State</th>
            <th scope="col">{row.kind === 'import' ? 'File' : 'SOP Instance UID'}</th>
            {hasStatus && <th scope="col">Status</th>}
            {hasCommitment && <th scope="col">Commitment</th>}
            {hasProof && <th scope="col">Proof</th>}
            <th scope="col">{row.kind === 'send' ? `${row.peer} answered` : 'Note'}</th>
          </tr>
        </thead>
        <tbody>
          <Space height={before} columns={columns} />
          {drawn.map(({ index }) => {
            const entry = sorted[index]
            return (
              entry && (
                <ItemRow key={entry.item.key} {...entry} {...{ kind: row.kind, index, hasCommitment, hasProof }} />
              )
            )
          })}
          <Space height={after} columns={columns} />
        </tbody>
      </table>
    </div>
  )
}

function Committed({ commitment }: { commitment: ItemCommitment }) {
  const { status, word } = itemCommitmentWord(commitment)
  return <StatusWord status={status}>{word}</StatusWord>
}

function Proof({ proof }: { proof: 'there' | 'missing' }) {
  return proof === 'there' ? (
    <StatusWord status="proved">Found there</StatusWord>
  ) : (
    <StatusWord status="refused">Not there</StatusWord>
  )
}

interface ItemRowProps {
  item: TransferItem
  number: number
  index: number
  kind: TransferRow['kind']
  hasCommitment: boolean
  hasProof: boolean
}

function ItemRow({ item, number, index, kind, hasCommitment, hasProof }: ItemRowProps) {
  const { status, word } = itemWord(item, kind)
  const { commitment } = item
  const note = [item.note, commitment?.note].filter(Boolean).join(' ')
  return (
    <tr className={css.row} aria-rowindex={index + 2}>
      <td className={css.number}>{number}</td>
      <td>
        <StatusWord status={status}>{word}</StatusWord>
      </td>
      <td className={classNames('mono', css.key)} title={item.key}>
        {item.key}
      </td>
      {kind !== 'import' && <td className="mono">{statusText(item.status)}</td>}
      {hasCommitment && <td>{commitment && <Committed commitment={commitment} />}</td>}
      {hasProof && <td>{item.proof && <Proof proof={item.proof} />}</td>}
      <td className={css.note} title={note}>
        {note || (item.status === 0 ? 'Success' : '')}
      </td>
    </tr>
  )
}
