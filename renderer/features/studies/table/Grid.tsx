import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react'
import type { TableLayout } from './dayLayout.ts'
import css from './Grid.module.css'
import { GridHeader, type GridHeaderProps } from './GridHeader.tsx'
import { GridRow } from './GridRow.tsx'
import { movedCursor } from './gridKeys.ts'
import { type Selection, select } from './selection.ts'

export interface GridProps<Row> extends GridHeaderProps<Row> {
  label: string
  layout: TableLayout
  rowCount: number
  /** `undefined` while the row is not loaded. */
  rowAt: (row: number) => Row | undefined
  keyOf: (row: Row) => number
  selection: Selection
  onSelection: (selection: Selection) => void
  onOpen: (row: Row) => void
  /** A hand goes down on a row, before anything is selected. */
  onAim?: ((row: Row) => void) | undefined
  onSelectAll?: (() => void) | undefined
  /** The first and last row on screen, whenever they change. */
  onRange?: ((first: number, last: number) => void) | undefined
  group?: ((date: string, count: number) => ReactNode) | undefined
  /** Rows that just came in: they flash once. */
  fresh?: ReadonlySet<number> | undefined
  empty?: ReactNode
  /** Another question, another list: it begins at its top. */
  question: string
  /** How wide it is, now and whenever that changes. */
  onWidth: (width: number) => void
}

const HEADER = 28
const GROUP = 28
const rowHeights: Record<string, number> = { compact: 22, normal: 24, roomy: 28 }

/** A table of any length: only what is on screen exists. One tab stop; the keyboard moves a cursor inside. */
export function Grid<Row>(props: GridProps<Row>) {
  const { label, columns, layout, rowCount, rowAt, keyOf, selection, onSelection, onOpen } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const rowHeight = rowHeights[document.documentElement.dataset.density ?? 'normal'] ?? 24
  const virtual = useVirtualizer({
    count: layout.itemCount,
    getScrollElement: () => scroller.current,
    estimateSize: (item) => (layout.itemAt(item).kind === 'group' ? GROUP : rowHeight),
    paddingStart: HEADER,
    scrollPaddingStart: HEADER,
    overscan: 10,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are read from the layout and the density
  useLayoutEffect(() => virtual.measure(), [layout, rowHeight, virtual])
  const items = virtual.getVirtualItems()
  const drawn = items.map(({ index }) => layout.itemAt(index))
  const rows = drawn.flatMap((item) => (item.kind === 'row' ? [item.row] : []))
  const first = rows[0] ?? 0
  const last = rows.at(-1) ?? 0
  const { onRange, question, onWidth } = props
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => onWidth(element.clientWidth))
    observer.observe(element)
    onWidth(element.clientWidth)
    return () => observer.disconnect()
  }, [onWidth])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new question alone brings the list to its top
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0
  }, [question])
  useEffect(() => onRange?.(first, last), [onRange, first, last])
  useAnchor(
    scroller,
    question,
    first,
    rowAt,
    keyOf,
    (row) => virtual.getOffsetForIndex(layout.itemOfRow(row), 'start')?.[0],
  )

  const keyAt = (row: number) => {
    const own = rowAt(row)
    return own === undefined ? undefined : keyOf(own)
  }
  const moveTo = (row: number, range: boolean) => {
    onSelection(select(selection, row, keyAt, { range }))
    virtual.scrollToIndex(layout.itemOfRow(row), { align: 'auto' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys on a button of the header are the button's.
    if (event.altKey || event.target !== event.currentTarget) return
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEADER) / rowHeight) - 1)
    const target = movedCursor(event.key, selection.cursor, rowCount, page)
    const current = rowAt(selection.cursor)
    if (target !== undefined) moveTo(target, event.shiftKey)
    else if (event.key === 'Enter' && !event.shiftKey && current !== undefined) onOpen(current)
    else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) props.onSelectAll?.()
    else return
    event.preventDefault()
  }
  const onPointed = (event: MouseEvent) => {
    const row = rowOf(event.target)
    if (row === undefined) return
    const opensMenu = event.type === 'contextmenu'
    const key = keyAt(row)
    if (opensMenu && key !== undefined && selection.keys.has(key)) return
    onSelection(select(selection, row, keyAt, { range: event.shiftKey, toggle: event.ctrlKey || event.metaKey }))
  }
  const onDoubleClick = (event: MouseEvent) => {
    const row = rowAt(rowOf(event.target) ?? -1)
    if (row !== undefined) onOpen(row)
  }
  const before = (items[0]?.start ?? HEADER) - HEADER
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? virtual.getTotalSize())
  return (
    <div className={css.scroller} ref={scroller} data-region="list">
      <table
        className={css.table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA in HTML lets a table be a grid
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={rowCount + 1}
        aria-multiselectable="true"
        aria-activedescendant={selection.cursor >= 0 ? `${id}-${selection.cursor}` : undefined}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          const row = rowAt(rowOf(event.target) ?? -1)
          if (row !== undefined && event.button === 0) props.onAim?.(row)
        }}
        onClick={onPointed}
        onContextMenu={onPointed}
        onDoubleClick={onDoubleClick}
      >
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={{ width: column.width }} />
          ))}
        </colgroup>
        <GridHeader columns={columns} sort={props.sort} onSort={props.onSort} onResize={props.onResize} />
        <tbody>
          <Space height={before} />
          {drawn.map((item, at) => {
            if (item.kind === 'group') {
              return (
                <tr key={`day-${item.date}`} className={css.group} data-item={items[at]?.index}>
                  <td colSpan={columns.length}>{props.group?.(item.date, item.count)}</td>
                </tr>
              )
            }
            const row = rowAt(item.row)
            const key = row === undefined ? undefined : keyOf(row)
            return (
              <GridRow
                key={item.row}
                id={`${id}-${item.row}`}
                index={item.row}
                row={row}
                columns={columns}
                selected={key !== undefined && selection.keys.has(key)}
                current={item.row === selection.cursor}
                fresh={key !== undefined && (props.fresh?.has(key) ?? false)}
              />
            )
          })}
          <Space height={after} />
        </tbody>
      </table>
      {props.empty}
    </div>
  )
}

function Space({ height }: { height: number }) {
  return height > 0 ? (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row takes no focus
    <tr aria-hidden="true" className={css.space}>
      <td style={{ height }} />
    </tr>
  ) : null
}

function rowOf(target: EventTarget): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('tr[data-row]')?.dataset.row : undefined
  return row === undefined ? undefined : Number(row)
}

/** What comes in above the first row on screen moves nothing that a person is reading. */
function useAnchor<Row>(
  scroller: { current: HTMLDivElement | null },
  question: string,
  first: number,
  rowAt: (row: number) => Row | undefined,
  keyOf: (row: Row) => number,
  offsetOf: (row: number) => number | undefined,
): void {
  const anchor = useRef<{ key: number; row: number; question: string } | undefined>(undefined)
  useLayoutEffect(() => {
    const element = scroller.current
    const before = anchor.current
    const now = rowAt(first)
    if (element && before?.question === question && element.scrollTop > 0 && rowAt(before.row) !== undefined) {
      const keyNow = rowAt(before.row)
      if (keyNow !== undefined && keyOf(keyNow) !== before.key) {
        for (let row = before.row - ANCHOR_REACH; row <= before.row + ANCHOR_REACH; row += 1) {
          const candidate = row >= 0 ? rowAt(row) : undefined
          if (candidate === undefined || keyOf(candidate) !== before.key) continue
          const [from, to] = [offsetOf(before.row), offsetOf(row)]
          if (from !== undefined && to !== undefined) element.scrollTop += to - from
          anchor.current = { key: before.key, row, question }
          return
        }
      }
    }
    anchor.current = now === undefined ? undefined : { key: keyOf(now), row: first, question }
  })
}

/** How far a row may have moved at once and still be found. */
const ANCHOR_REACH = 100
