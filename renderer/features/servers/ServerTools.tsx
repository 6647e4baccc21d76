import { ListChecks, Monitor, SearchCheck } from 'lucide-react'
import { useState } from 'react'
import type { ServerRow } from '#shared/contract/servers.ts'
import { Button } from '../../ui/Button.tsx'
import { SymptomDialog } from './diagnosis/SymptomDialog.tsx'
import { TestAllDialog } from './diagnosis/TestAllDialog.tsx'
import { useEditor } from './editorState.ts'
import { IdentityDialog } from './IdentityDialog.tsx'
import { testServer } from './serverActions.ts'

/** What concerns all servers, or this workstation. */
export function ServerTools({ servers }: { servers: readonly ServerRow[] }) {
  const [open, setOpen] = useState<'all' | 'symptom' | 'identity'>()
  const { selectedId, select, proceed } = useEditor()
  const close = () => setOpen(undefined)
  const choose = (serverId: number, andThen?: () => void) => {
    close()
    if (serverId === selectedId) andThen?.()
    else
      proceed(() => {
        select(serverId)
        andThen?.()
      })
  }
  const test = (serverId: number) => {
    const row = servers.find((one) => one.serverId === serverId)
    if (row) choose(serverId, () => void testServer(row, row))
  }
  return (
    <>
      <Button
        variant="plain"
        size="small"
        icon={ListChecks}
        disabled={servers.length === 0}
        onClick={() => setOpen('all')}
      >
        Test all
      </Button>
      <Button variant="plain" size="small" icon={SearchCheck} onClick={() => setOpen('symptom')}>
        Find a cause
      </Button>
      <Button variant="plain" size="small" icon={Monitor} onClick={() => setOpen('identity')}>
        This workstation
      </Button>
      {open === 'all' && <TestAllDialog onChoose={choose} onClose={close} />}
      {open === 'symptom' && <SymptomDialog servers={servers} selectedId={selectedId} onTest={test} onClose={close} />}
      {open === 'identity' && <IdentityDialog servers={servers} onClose={close} />}
    </>
  )
}
