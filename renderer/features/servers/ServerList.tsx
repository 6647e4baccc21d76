import { ArrowDown, ArrowUp, Plus, Search, Star } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { ServerRow } from '#shared/contract/servers.ts'
import { classNames } from '../../ui/classNames.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useEditor } from './editorState.ts'
import css from './ServerList.module.css'
import { addServer, deleteServer, moveServer } from './serverActions.ts'
import { TlsMark } from './TlsMark.tsx'
import { testedAt } from './testedAt.ts'

/** R001, R002, R006: the order here is the order of every drop-down. */
export function ServerList({ servers }: { servers: readonly ServerRow[] }) {
  const [wanted, setWanted] = useState('')
  const { selectedId, draft, select, proceed } = useEditor()
  const list = useRef<HTMLDivElement>(null)
  const shown = servers.filter((row) => matches(row, wanted))
  const index = servers.findIndex((row) => row.serverId === selectedId)
  useEffect(() => {
    list.current?.querySelector(`[data-server="${selectedId}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [selectedId])

  const choose = (serverId: number, deselect: boolean) => {
    if (serverId !== selectedId) proceed(() => select(serverId))
    else if (deselect) proceed(() => select(undefined))
  }
  const step = (to: number) => {
    const row = shown[Math.min(Math.max(to, 0), shown.length - 1)]
    if (!row) return
    choose(row.serverId, false)
    list.current?.querySelector<HTMLElement>(`[data-server="${row.serverId}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const at = shown.findIndex((row) => row.serverId === selectedId)
    const row = shown[at]
    if (event.key === 'ArrowDown') step(at + 1)
    else if (event.key === 'ArrowUp') step(at < 0 ? 0 : at - 1)
    else if (event.key === 'Home') step(0)
    else if (event.key === 'End') step(shown.length - 1)
    else if (event.key === 'Delete' && row)
      proceed(() => void deleteServer(row, (shown[at + 1] ?? shown[at - 1])?.serverId))
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className={css.head}>
        <TextField
          label="Find a server"
          hideLabel
          placeholder="Find a server"
          icon={Search}
          value={wanted}
          onChange={setWanted}
          className={css.find}
        />
        <IconButton label="Add" icon={Plus} keyHint="N" outlined onClick={() => proceed(() => void addServer())} />
      </div>
      <div ref={list} className={css.items} role="listbox" aria-label="Servers" tabIndex={-1} onKeyDown={onKeyDown}>
        {shown.map((row) => (
          <ServerEntry
            key={row.serverId}
            row={row}
            selected={row.serverId === selectedId}
            unsaved={row.serverId === selectedId && draft !== undefined}
            reachable={row.serverId === selectedId || (index < 0 && row === shown[0])}
            onChoose={(deselect) => choose(row.serverId, deselect)}
          />
        ))}
        {shown.length === 0 && servers.length > 0 && <p className={css.none}>No server matches “{wanted}”.</p>}
      </div>
      <div className={css.foot}>
        <span className="ellipsis">Order here is the order in Studies</span>
        <span className={css.grow} />
        <IconButton
          label="Move up"
          icon={ArrowUp}
          keyHint="Alt Up"
          tooltipSide="top"
          disabled={index <= 0}
          onClick={() => selectedId !== undefined && void moveServer(selectedId, -1)}
        />
        <IconButton
          label="Move down"
          icon={ArrowDown}
          keyHint="Alt Down"
          tooltipSide="top"
          disabled={index < 0 || index === servers.length - 1}
          onClick={() => selectedId !== undefined && void moveServer(selectedId, 1)}
        />
      </div>
    </>
  )
}

interface ServerEntryProps {
  row: ServerRow
  selected: boolean
  unsaved: boolean
  reachable: boolean
  onChoose(deselect: boolean): void
}

function ServerEntry({ row, selected, unsaved, reachable, onChoose }: ServerEntryProps) {
  const endpoint = `${row.aeTitle} ${row.host}:${row.port}`
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box handles the keys for all of its options
    <div
      role="option"
      aria-selected={selected}
      tabIndex={reachable ? 0 : -1}
      data-server={row.serverId}
      className={css.item}
      onClick={(event) => onChoose(event.ctrlKey || event.metaKey)}
    >
      <span className={css.name}>
        <span className="ellipsis" title={row.name}>
          {row.name}
        </span>
        {row.isDefault && <Star size={12} className={css.star} aria-label="Default" />}
        <TlsMark row={row} />
        {unsaved && <span className={css.unsaved} title="Not saved yet" />}
      </span>
      <span className={css.tested}>
        {row.lastTest ? (
          <StatusWord status={row.lastTest.verdict ?? (row.lastTest.ok ? 'pass' : 'fail')}>
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
}

function matches(row: ServerRow, wanted: string): boolean {
  const key = wanted.trim().toLowerCase()
  return [row.name, row.aeTitle, row.host, row.description].some((text) => text.toLowerCase().includes(key))
}
