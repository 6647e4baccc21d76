import { Ellipsis, FileDown, FileUp, ShieldAlert } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ListProblem, ServerRow, SiteFileView } from '#shared/contract/servers.ts'
import { formatCount } from '../../app/formatAmount.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { useEditor } from './editorState.ts'
import { exportServers, importServers } from './listFiles.ts'
import { ProblemsDialog } from './ProblemsDialog.tsx'

interface ListMenuProps {
  servers: readonly ServerRow[]
  site: SiteFileView | undefined
  onShowSite(): void
}

/** The list as a file, and the administrator's part of it. */
export function ListMenu({ servers, site, onShowSite }: ListMenuProps) {
  const proceed = useEditor((state) => state.proceed)
  const input = useRef<HTMLInputElement>(null)
  const [shown, setShown] = useState<{ title: string; problems: readonly ListProblem[] }>()
  const own = servers.filter(({ readOnly }) => !readOnly)
  const take = async (file: File) => {
    const problems = await importServers(file)
    if (problems?.length) setShown({ title: `Not taken from ${file.name}`, problems })
  }
  const hasSite = site && (site.found || site.problems.length > 0)
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton label="More for the list" icon={Ellipsis} outlined />}
        items={[
          { label: 'Import servers…', icon: FileUp, onSelect: () => proceed(() => input.current?.click()) },
          {
            label: 'Export as JSON',
            icon: FileDown,
            disabled: own.length === 0,
            onSelect: () => void exportServers('json'),
          },
          {
            label: 'Export as CSV',
            icon: FileDown,
            disabled: own.length === 0,
            onSelect: () => void exportServers('csv'),
          },
          ...(hasSite
            ? ([
                'separator',
                {
                  label: "Administrator's file",
                  icon: ShieldAlert,
                  note: site.problems.length > 0 ? formatCount(site.problems.length, 'fault') : 'all right',
                  onSelect: onShowSite,
                },
              ] as const)
            : []),
        ]}
      />
      <input
        ref={input}
        type="file"
        accept=".json,.csv,application/json,text/csv"
        hidden
        aria-label="File with servers"
        onChange={(event) => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file) void take(file)
        }}
      />
      {shown && <ProblemsDialog {...shown} onClose={() => setShown(undefined)} />}
    </>
  )
}
