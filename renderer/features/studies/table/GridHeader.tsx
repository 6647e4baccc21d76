import { ArrowDown, ArrowUp } from 'lucide-react'
import type { PointerEvent } from 'react'
import type { Sort } from '../filter/browserState.ts'
import type { Column } from './column.ts'
import css from './Grid.module.css'

export interface GridHeaderProps<Row> {
  columns: readonly Column<Row>[]
  sort?: Sort | undefined
  onSort?: ((sort: Sort) => void) | undefined
  onResize?: ((id: string, width: number | undefined) => void) | undefined
}

/** Dates and counts begin with the latest and the most, names with A. */
const descendingFirst = new Set(['studyDate', 'receivedAt', 'series', 'instances'])

export function GridHeader<Row>({ columns, sort, onSort, onResize }: GridHeaderProps<Row>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => {
          const sorted = sort && column.sort === sort.column
          const Arrow = sort?.descending ? ArrowDown : ArrowUp
          return (
            <th
              key={column.id}
              scope="col"
              data-align={column.align}
              data-sorted={sorted}
              aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
            >
              {column.sort && onSort ? (
                <button
                  type="button"
                  className={css.sort}
                  onClick={() => {
                    if (!column.sort) return
                    const descending = sorted ? !sort.descending : descendingFirst.has(column.sort)
                    onSort({ column: column.sort, descending })
                  }}
                  onKeyDown={(event) => {
                    const by = { ArrowLeft: -KEY_STEP, ArrowRight: KEY_STEP }[event.key]
                    if (by === undefined || !event.shiftKey || !onResize || column.fixed) return
                    event.preventDefault()
                    onResize(column.id, column.width + by)
                  }}
                >
                  <span>{column.header}</span>
                  {sorted && <Arrow size={12} strokeWidth={2} aria-hidden="true" />}
                </button>
              ) : (
                <span className={column.fixed ? 'visuallyHidden' : undefined}>{column.header}</span>
              )}
              {onResize && !column.fixed && (
                <i
                  className={css.resize}
                  aria-hidden="true"
                  onPointerDown={(event) => follow(event, (width) => onResize(column.id, width))}
                  onDoubleClick={() => onResize(column.id, undefined)}
                />
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

/** CSS px that a key widens a column by. */
const KEY_STEP = 16

/** The header cell follows the pointer until it is let go. */
function follow(event: PointerEvent<HTMLElement>, onWidth: (width: number) => void): void {
  const handle = event.currentTarget
  const start = event.clientX
  const width = handle.parentElement?.getBoundingClientRect().width ?? 0
  const move = (now: globalThis.PointerEvent) => onWidth(width + now.clientX - start)
  handle.setPointerCapture(event.pointerId)
  handle.addEventListener('pointermove', move)
  handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), { once: true })
}
