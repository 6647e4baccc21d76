import { Lock, Star } from 'lucide-react'
import { type DragEvent, memo } from 'react'
import { isWebAlone } from '#shared/contract/rest.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import { classNames } from '../../ui/classNames.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import css from './ServerList.module.css'
import { setByWords } from './setByWords.ts'
import { TlsMark } from './TlsMark.tsx'
import { testedAt } from './testedAt.ts'

interface ServerEntryProps {
  row: ServerRow
  selected: boolean
  unsaved: boolean
  reachable: boolean
  onChoose(serverId: number, deselect: boolean): void
  /** Where a dragged server would go: before or behind this one. */
  drop: 'before' | 'behind' | undefined
  onDrag?: ((event: DragEvent, serverId: number) => void) | undefined
}

/** Drawn anew only when its own server changes: a thousand of them stand in the list. */
export const ServerEntry = memo(function ServerEntry(props: ServerEntryProps) {
  const { row, selected, unsaved, reachable, onChoose, drop, onDrag } = props
  const endpoint = isWebAlone(row) ? row.restUrl : `${row.aeTitle} ${row.host}:${row.port}`
  const verdict = row.lastTest && (row.lastTest.verdict ?? (row.lastTest.ok ? 'pass' : 'fail'))
  const drag = (event: DragEvent) => onDrag?.(event, row.serverId)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box handles the keys for all of its options
    <div
      role="option"
      aria-selected={selected}
      tabIndex={reachable ? 0 : -1}
      data-server={row.serverId}
      data-drop={drop}
      className={css.item}
      draggable={onDrag !== undefined && !row.readOnly}
      onDragStart={drag}
      onDragOver={drag}
      onDrop={drag}
      onDragEnd={drag}
      onClick={(event) => onChoose(row.serverId, event.ctrlKey || event.metaKey)}
    >
      <span className={css.name}>
        <span className="ellipsis" title={row.name}>
          {row.name}
        </span>
        {row.isDefault && <Star size={12} className={css.star} aria-label="Default" />}
        {row.readOnly && <Lock size={12} className={css.lock} aria-label={setByWords(row.setBy)} />}
        <TlsMark row={row} />
        {unsaved && <span className={css.unsaved} title="Not saved yet" />}
      </span>
      <span className={css.tested}>
        {row.lastTest && verdict ? (
          <StatusWord status={verdict}>
            <span className="visuallyHidden">{row.lastTest.ok ? 'answered' : 'no answer'} </span>
            {testedAt(row.lastTest.at)}
          </StatusWord>
        ) : (
          <StatusWord status="none">never tested</StatusWord>
        )}
      </span>
      <span className={classNames('mono', 'ellipsis', css.endpoint)} title={endpoint}>
        {endpoint}
      </span>
    </div>
  )
}, isSame)

/** Each change of the list brings all rows anew. */
function isSame(before: ServerEntryProps, after: ServerEntryProps): boolean {
  const { row: old, ...own } = before
  const { row, ...others } = after
  const keys = Object.keys(own) as (keyof typeof own)[]
  return (
    keys.every((key) => Object.is(own[key], others[key])) &&
    (old === row || JSON.stringify(old) === JSON.stringify(row))
  )
}
