import {
  ChevronDown,
  HardDrive,
  type LucideIcon,
  Network,
  Search,
  Server,
  SlidersHorizontal,
  Trash2,
} from 'lucide-react'
import { useState } from 'react'
import type { ServerRow } from '#shared/contract/servers.ts'
import { useServers, useStatus } from '../../../api/workstation.ts'
import { formatCount, formatNumber } from '../../../app/formatAmount.ts'
import { useNavigation } from '../../../app/navigation.ts'
import { Button } from '../../../ui/Button.tsx'
import { Menu } from '../../../ui/Menu.tsx'
import type { MenuItem } from '../../../ui/menuItem.ts'
import { Popover } from '../../../ui/Popover.tsx'
import { answerText } from './answerText.ts'
import { type Source, useBrowser } from './browserState.ts'
import css from './SourceMenu.module.css'
import { SourceSearch } from './SourceSearch.tsx'

/** A menu of more would be read through by nobody, and makes its reader wait: the others are found by typing. */
const MENU_SERVERS = 24

/** Peers with Query/Retrieve on, in the editor's order (R018). */
export function useQueryServers(): readonly ServerRow[] {
  return (useServers() ?? []).filter((server) => server.queryRetrieve)
}

export function SourceMenu() {
  const { source, setSource } = useBrowser()
  const { go, editServer } = useNavigation()
  // Whoever looks at a server means that one (R003).
  const edit = () => (source.kind === 'server' ? editServer(source.serverId) : go('servers'))
  const servers = useQueryServers()
  const count = useStatus()?.studies
  const { label, icon: Icon } = faceOf(source, servers)
  const [searching, setSearching] = useState(false)
  const look = (serverId: number) => setSource({ kind: 'server', serverId })
  const items: MenuItem[] = [
    {
      label: 'This workstation',
      icon: HardDrive,
      note: count === undefined ? undefined : formatCount(count, 'study', 'studies'),
      onSelect: () => setSource({ kind: 'local' }),
    },
    'separator',
    ...servers.slice(0, MENU_SERVERS).map((server) => ({
      label: server.name,
      icon: Server,
      note: answerText(server.lastTest, new Date()),
      onSelect: () => look(server.serverId),
    })),
    ...(servers.length > MENU_SERVERS
      ? [
          {
            label: 'Find a server',
            icon: Search,
            note: formatCount(servers.length, 'server', 'servers'),
            onSelect: () => setSearching(true),
          },
        ]
      : []),
    ...(servers.length > 1
      ? [{ label: 'All servers', icon: Network, onSelect: () => setSource({ kind: 'all-servers' }) }]
      : []),
    ...(servers.length > 0 ? (['separator'] as const) : []),
    { label: 'Trash', icon: Trash2, onSelect: () => setSource({ kind: 'trash' }) },
    { label: 'Edit servers', icon: SlidersHorizontal, note: 'Alt 5', onSelect: edit },
  ]
  const menu = (
    <Menu
      items={items}
      minWidth={300}
      trigger={
        <Button className={css.trigger} icon={Icon}>
          {label}
          {source.kind === 'local' && count !== undefined && <span className={css.count}>{formatNumber(count)}</span>}
          <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
        </Button>
      }
    />
  )
  return (
    <Popover
      open={searching}
      onOpenChange={setSearching}
      label="Find a server"
      anchor={<span className={css.anchor}>{menu}</span>}
    >
      <SourceSearch
        servers={servers}
        onChoose={(serverId) => {
          setSearching(false)
          look(serverId)
        }}
      />
    </Popover>
  )
}

function faceOf(source: Source, servers: readonly ServerRow[]): { label: string; icon: LucideIcon } {
  if (source.kind === 'trash') return { label: 'Trash', icon: Trash2 }
  if (source.kind === 'all-servers') return { label: 'All servers', icon: Network }
  if (source.kind === 'server') {
    return { label: servers.find((each) => each.serverId === source.serverId)?.name ?? 'Server', icon: Server }
  }
  return { label: 'This workstation', icon: HardDrive }
}
