import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { formatNumber } from '../../app/formatAmount.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { DayBars } from './DayBars.tsx'
import css from './DeviceTable.module.css'
import { agoText, deviceKind, lastImageText, stateOf } from './deviceText.ts'

interface DeviceTableProps {
  rows: readonly DeviceRow[]
  now: number
  selectedId: number | undefined
  onSelect(deviceId: number): void
  onEdit(): void
  onDelete(): void
}

const columns = [
  { name: 'State', className: css.state },
  { name: 'AE title', className: css.title },
  { name: 'Device', className: undefined },
  { name: 'Address', className: css.address },
  { name: 'Last seen', className: css.seen },
  { name: 'Last image', className: css.image },
  { name: 'Today', className: css.number },
  { name: '14 days', className: css.days },
]

/** R068: arrow keys move, Enter edits, Delete takes away. */
export function DeviceTable({ rows, now, selectedId, onSelect, onEdit, onDelete }: DeviceTableProps) {
  const body = useRef<HTMLTableSectionElement>(null)
  const at = rows.findIndex((row) => row.deviceId === selectedId)
  useEffect(() => {
    body.current?.querySelector(`[data-device="${selectedId}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [selectedId])
  const step = (to: number) => {
    const row = rows[Math.min(Math.max(to, 0), rows.length - 1)]
    if (row) onSelect(row.deviceId)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'ArrowDown') step(at + 1)
    else if (event.key === 'ArrowUp') step(at < 0 ? rows.length - 1 : at - 1)
    else if (event.key === 'Home') step(0)
    else if (event.key === 'End') step(rows.length - 1)
    else if (event.key === 'Enter' && at >= 0) onEdit()
    else if (event.key === 'Delete' && at >= 0) onDelete()
    else return
    event.preventDefault()
  }
  return (
    <table
      className={css.table}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA in HTML lets a table be a grid
      role="grid"
      aria-label="Known devices"
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <thead>
        <tr>
          {columns.map(({ name, className }) => (
            <th key={name} scope="col" className={className}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row) => (
          <DeviceCells
            key={row.deviceId}
            row={row}
            now={now}
            isSelected={row.deviceId === selectedId}
            onSelect={() => onSelect(row.deviceId)}
            onEdit={onEdit}
          />
        ))}
      </tbody>
    </table>
  )
}

interface DeviceCellsProps {
  row: DeviceRow
  now: number
  isSelected: boolean
  onSelect(): void
  onEdit(): void
}

function DeviceCells({ row, now, isSelected, onSelect, onEdit }: DeviceCellsProps) {
  const { status, word } = stateOf(row)
  const kind = deviceKind(row)
  const image = lastImageText(row, now)
  return (
    <tr
      className={css.row}
      data-device={row.deviceId}
      aria-selected={isSelected}
      onClick={onSelect}
      onDoubleClick={onEdit}
    >
      <td>
        <StatusWord status={status}>{word}</StatusWord>
      </td>
      <td className={css.strong} title={[row.aeTitle, ...row.aliases].join(', also ')}>
        <span className="mono">{row.aeTitle}</span>
        {row.aliases.length > 0 && <span className={css.more}> +{row.aliases.length}</span>}
      </td>
      <td title={kind}>{kind || <span className={css.none}>-</span>}</td>
      <td className="mono" title={row.address}>
        {row.address || <span className={css.none}>any</span>}
      </td>
      <td>{agoText(row.lastSeenAt, now)}</td>
      <td title={image}>{image}</td>
      <td className={css.number}>{formatNumber(row.days.at(-1) ?? 0)}</td>
      <td className={css.bars}>
        <DayBars days={row.days} />
      </td>
    </tr>
  )
}
