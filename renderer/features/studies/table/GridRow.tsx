import { memo } from 'react'
import type { Column } from './column.ts'
import css from './Grid.module.css'

export interface GridRowProps<Row> {
  id: string
  index: number
  row: Row | undefined
  columns: readonly Column<Row>[]
  selected: boolean
  current: boolean
  fresh: boolean
}

function DrawnRow<Row>({ id, index, row, columns, selected, current, fresh }: GridRowProps<Row>) {
  return (
    <tr
      id={id}
      className={css.row}
      data-row={index}
      data-current={current}
      data-fresh={fresh}
      aria-rowindex={index + 2}
      aria-selected={selected}
    >
      {columns.map((column) => {
        const text = row === undefined ? '' : column.text(row)
        return (
          <td key={column.id} data-align={column.align} data-tone={column.tone} title={text === '' ? undefined : text}>
            {row === undefined ? <i className={css.pending} /> : <Cell column={column} row={row} text={text} />}
          </td>
        )
      })}
    </tr>
  )
}

function Cell<Row>({ column, row, text }: { column: Column<Row>; row: Row; text: string }) {
  if (column.render) return column.render(row)
  if (text === '') return <span className="faint">–</span>
  return column.mono ? <span className="mono">{text}</span> : text
}

/** Hundreds of rows stand still while one changes. */
export const GridRow = memo(DrawnRow) as typeof DrawnRow
