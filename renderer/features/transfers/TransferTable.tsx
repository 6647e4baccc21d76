import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type KeyboardEvent, useEffect, useRef } from 'react'
import { useNavigation } from '../../app/navigation.ts'
import type { ListRow } from './listRows.ts'
import { rowHeight } from './rowHeight.ts'
import { Space } from './Space.tsx'
import { imagesWidth, TransferCells } from './TransferCells.tsx'
import css from './TransferTable.module.css'
import { noteOf } from './useStudyNotes.ts'
import { useWindowWidth } from './useWindowWidth.ts'

interface TransferTableProps {
  rows: readonly ListRow[]
  notes: ReadonlyMap<number, string>
  now: number
  selectedId: string | undefined
  onSelect(transferId: string | undefined): void
  /** The last rows are in view: there may be older ones. */
  onEnd(): void
}

const GROUP_HEIGHT = 28
const columns = [
  { name: 'State', width: 156 },
  { name: 'Study', width: undefined },
  { name: 'Where', width: 'clamp(150px, 16vw, 230px)' },
  { name: 'Images', width: 'calc(var(--images) + 16px)' },
  { name: 'Count', width: 128, number: true },
  { name: 'Rate', width: 92, number: true },
  { name: 'Time', width: 116 },
] as const

/** Every transfer in its group. Arrow keys move, Enter opens what came in. */
export function TransferTable({ rows, notes, now, selectedId, onSelect, onEnd }: TransferTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const openStudies = useNavigation((state) => state.openStudies)
  const height = rowHeight()
  const images = imagesWidth(useWindowWidth())
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index] && 'group' in rows[index] ? GROUP_HEIGHT : height),
    getItemKey: (index) => keyOf(rows[index]) ?? index,
    overscan: 12,
    paddingStart: GROUP_HEIGHT,
    scrollPaddingStart: GROUP_HEIGHT,
  })
  const at = rows.findIndex((row) => 'transfer' in row && row.transfer.transferId === selectedId)
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when the selection moves, not when rows stream in
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
  }, [selectedId])
  const step = (from: number, by: 1 | -1) => {
    for (let index = from; index >= 0 && index < rows.length; index += by) {
      const row = rows[index]
      if (row && 'transfer' in row) return onSelect(row.transfer.transferId)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[at]
    if (event.key === 'ArrowDown') step(at + 1, 1)
    else if (event.key === 'ArrowUp') step(at < 0 ? 0 : at - 1, at < 0 ? 1 : -1)
    else if (event.key === 'Home') step(0, 1)
    else if (event.key === 'End') step(rows.length - 1, -1)
    else if (event.key === 'Escape' && at >= 0) onSelect(undefined)
    else if (event.key === 'Enter' && row && 'transfer' in row && row.transfer.studyIds.length > 0)
      openStudies(row.transfer.studyIds)
    else return
    event.preventDefault()
  }
  const items = virtual.getVirtualItems()
  const lastDrawn = items.at(-1)?.index ?? 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each end that comes into view
  useEffect(() => {
    if (lastDrawn >= rows.length - 1) onEnd()
  }, [lastDrawn, rows.length])
  const before = (items[0]?.start ?? GROUP_HEIGHT) - GROUP_HEIGHT
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? virtual.getTotalSize())
  return (
    <div ref={scroller} className={css.scroller} data-region>
      <table
        className={css.table}
        style={{ '--images': `${images}px` } as CSSProperties}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA in HTML lets a table be a grid
        role="grid"
        aria-label="Transfers"
        aria-rowcount={rows.length + 1}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <colgroup>
          {columns.map(({ name, width }) => (
            <col key={name} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={'number' in column ? css.number : undefined}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Space height={before} columns={columns.length} />
          {items.map(({ index }) => {
            const row = rows[index]
            if (!row) return null
            if ('group' in row)
              return (
                <tr key={row.group} className={css.group} aria-rowindex={index + 2}>
                  <td colSpan={columns.length}>
                    {row.group} <span className={css.count}>{row.count}</span>
                  </td>
                </tr>
              )
            const { transfer } = row
            return (
              <tr
                key={transfer.transferId}
                aria-rowindex={index + 2}
                aria-selected={transfer.transferId === selectedId}
                className={css.row}
                onClick={() => onSelect(transfer.transferId)}
                onDoubleClick={() => transfer.studyIds.length > 0 && openStudies(transfer.studyIds)}
              >
                <TransferCells row={transfer} note={noteOf(transfer, notes)} now={now} images={images} />
              </tr>
            )
          })}
          <Space height={after} columns={columns.length} />
        </tbody>
      </table>
    </div>
  )
}

function keyOf(row: ListRow | undefined): string | undefined {
  if (!row) return undefined
  return 'group' in row ? row.group : row.transfer.transferId
}
