import { ArrowDown, ArrowUp, Plus, Search } from 'lucide-react'
import { Fragment, type KeyboardEvent, useCallback, useDeferredValue, useEffect, useRef, useState } from 'react'
import type { ServerRow } from '#shared/contract/servers.ts'
import { matchesServer } from '../../app/matchesServer.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useEditor } from './editorState.ts'
import { ListMenu } from './ListMenu.tsx'
import { ServerEntry } from './ServerEntry.tsx'
import css from './ServerList.module.css'
import { SiteFileDialog } from './SiteFileDialog.tsx'
import { SiteFileNote } from './SiteFileNote.tsx'
import { addServer, deleteServer, moveServer } from './serverActions.ts'
import { setByWords } from './setByWords.ts'
import { useDragOrder } from './useDragOrder.ts'
import { useSiteFile } from './useSiteFile.ts'

/** So many are drawn before the page is shown; the others of a thousand follow while it can be used already. */
const DRAWN_AT_ONCE = 60

/** R001, R002, R006: the order here is the order of every drop-down. */
export function ServerList({ servers }: { servers: readonly ServerRow[] }) {
  const [wanted, setWanted] = useState('')
  const { selectedId, draft, select, proceed } = useEditor()
  const list = useRef<HTMLDivElement>(null)
  const site = useSiteFile(servers)
  const [isSiteShown, setSiteShown] = useState(false)
  const sought = useDeferredValue(wanted)
  const limit = useDeferredValue(Number.POSITIVE_INFINITY, DRAWN_AT_ONCE)
  const shown = servers.filter((row) => matchesServer(row, sought)).slice(0, limit)
  const own = servers.filter(({ readOnly }) => !readOnly)
  const index = own.findIndex((row) => row.serverId === selectedId)
  const hasSelected = servers.some((row) => row.serverId === selectedId)
  const { onDrag, mark } = useDragOrder(own.map(({ serverId }) => serverId))
  const isDrawn = shown.some((row) => row.serverId === selectedId)
  useEffect(() => {
    if (isDrawn) list.current?.querySelector(`[data-server="${selectedId}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [selectedId, isDrawn])

  const choose = useCallback(
    (serverId: number, deselect: boolean) => {
      if (serverId !== useEditor.getState().selectedId) proceed(() => select(serverId))
      else if (deselect) proceed(() => select(undefined))
    },
    [proceed, select],
  )
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
    else if (event.key === 'Delete' && row && !row.readOnly)
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
        <ListMenu servers={servers} site={site} onShowSite={() => setSiteShown(true)} />
      </div>
      {site && site.problems.length > 0 && <SiteFileNote site={site} onShow={() => setSiteShown(true)} />}
      {site && isSiteShown && <SiteFileDialog site={site} onClose={() => setSiteShown(false)} />}
      <div ref={list} className={css.items} role="listbox" aria-label="Servers" tabIndex={-1} onKeyDown={onKeyDown}>
        {shown.map((row, at) => (
          <Fragment key={row.serverId}>
            {own.length < servers.length && row.setBy !== shown[at - 1]?.setBy && (
              <div className={css.group} role="presentation">
                {setByWords(row.setBy)}
              </div>
            )}
            <ServerEntry
              row={row}
              selected={row.serverId === selectedId}
              unsaved={row.serverId === selectedId && draft !== undefined}
              reachable={row.serverId === selectedId || (!hasSelected && at === 0)}
              drop={mark?.serverId === row.serverId ? mark.side : undefined}
              onDrag={wanted === '' ? onDrag : undefined}
              onChoose={choose}
            />
          </Fragment>
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
          disabled={index < 0 || index === own.length - 1}
          onClick={() => selectedId !== undefined && void moveServer(selectedId, 1)}
        />
      </div>
    </>
  )
}
