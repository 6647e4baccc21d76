import { Plus, Server } from 'lucide-react'
import { useEffect } from 'react'
import { useServers } from '../../api/workstation.ts'
import { guardLeaving, useNavigation } from '../../app/navigation.ts'
import { offerUndo } from '../../app/pageUndo.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Bars } from '../../ui/Bars.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { TopBar } from '../../ui/TopBar.tsx'
import { ConnectionTest } from './ConnectionTest.tsx'
import { useEditor } from './editorState.ts'
import { ServerEditor } from './ServerEditor.tsx'
import { ServerList } from './ServerList.tsx'
import css from './ServersPage.module.css'
import { ServerTools } from './ServerTools.tsx'
import { addServer, moveServer, stepServers } from './serverActions.ts'
import { UnsavedDialog } from './UnsavedDialog.tsx'

export function ServersPage() {
  const servers = useServers()
  const { selectedId, proceed, select } = useEditor()
  const selected = servers?.find((row) => row.serverId === selectedId)
  useOpening()
  useLeaving()
  useEffect(() => offerUndo(listUndo), [])
  const move = (by: -1 | 1) => selected && void moveServer(selected.serverId, by)
  useShortcuts('Servers', [
    { keys: 'n', label: 'New server', run: () => proceed(() => void addServer()) },
    { keys: 'Alt Up', label: 'Move the server up', run: () => move(-1) },
    { keys: 'Alt Down', label: 'Move the server down', run: () => move(1) },
  ])
  if (!servers)
    return (
      <>
        <TopBar title="Servers" />
        <Bars />
      </>
    )
  return (
    <>
      <TopBar title="Servers">
        <ServerTools servers={servers} />
      </TopBar>
      <div className={css.page}>
        <section className={css.list} aria-label="List of servers" data-region>
          <ServerList servers={servers} />
        </section>
        {selected ? (
          <>
            <section className={css.editor} aria-label={`Server ${selected.name}`} data-region>
              <ServerEditor key={selected.serverId} row={selected} servers={servers} />
            </section>
            <section className={css.evidence} aria-label="Connection test" data-region>
              <ConnectionTest row={selected} />
            </section>
          </>
        ) : servers.length === 0 ? (
          <section className={css.editor}>
            <EmptyState
              icon={Server}
              title="No server yet"
              actions={
                <Button variant="primary" icon={Plus} onClick={() => void addServer()}>
                  New server
                </Button>
              }
            >
              A server is another PACS or workstation: studies are searched there, fetched from it and sent to it.
            </EmptyState>
          </section>
        ) : (
          <section className={css.editor}>
            <EmptyState
              icon={Server}
              title="No server selected"
              actions={<Button onClick={() => select(servers[0]?.serverId)}>Select {servers[0]?.name}</Button>}
            >
              Select one on the left to see, change and test it.
            </EmptyState>
          </section>
        )}
      </div>
      <UnsavedDialog servers={servers} />
    </>
  )
}

/** Ctrl Z takes the last change of the list back, whoever made it. */
const listUndo = {
  undo: () => {
    void stepServers('undo')
    return true
  },
  redo: () => {
    void stepServers('redo')
    return true
  },
}

/** Comes from another page with a server in mind, or to the default one. */
function useOpening(): void {
  const servers = useServers()
  const loaded = servers !== undefined
  const wanted = useNavigation((state) => state.serverId)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the page opens, not when the list changes
  useEffect(() => {
    const { selectedId, select } = useEditor.getState()
    if (!servers) return
    const known = (id: number | undefined) => servers.some((row) => row.serverId === id)
    if (known(wanted)) {
      useNavigation.setState({ serverId: undefined })
      select(wanted)
    } else if (!known(selectedId)) select((servers.find((row) => row.isDefault) ?? servers[0])?.serverId)
  }, [loaded])
}

/** Unsaved edits are never lost silently: not to another page, not to a closed tab. */
function useLeaving(): void {
  useEffect(() => guardLeaving((leave) => useEditor.getState().proceed(leave)), [])
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (useEditor.getState().draft) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])
}
