import { Ellipsis, FileDown, FileUp, ShieldAlert } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ListProblem, ServerRow } from '#shared/contract/servers.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { useEditor } from './editorState.ts'
import { exportServers, importServers } from './listFiles.ts'
import { ProblemsDialog } from './ProblemsDialog.tsx'

/** The list as a file, and the administrator's part of it. */
export function ListMenu({ servers }: { servers: readonly ServerRow[] }) {
  const proceed = useEditor((state) => state.proceed)
  const input = useRef<HTMLInputElement>(null)
  const [shown, setShown] = useState<{ title: string; problems: readonly ListProblem[] }>()
  const site = useQueryOperation('servers', 'site', {})
  const own = servers.filter(({ readOnly }) => !readOnly)
  const showSite = async () => {
    const { data } = await site.refetch()
    if (data) setShown({ title: data.file, problems: data.problems })
  }
  const take = async (file: File) => {
    const problems = await importServers(file)
    if (problems?.length) setShown({ title: `Not taken from ${file.name}`, problems })
  }
  const hasSite = site.data && (site.data.found || site.data.problems.length > 0)
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
                  note: site.data.problems.length > 0 ? `${site.data.problems.length} problems` : 'read',
                  onSelect: () => void showSite(),
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
