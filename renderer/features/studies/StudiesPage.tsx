import { useState } from 'react'
import { useSettings } from '../../api/workstation.ts'
import { Button } from '../../ui/Button.tsx'
import { TopBar } from '../../ui/TopBar.tsx'
import { useBrowser } from './filter/browserState.ts'
import { SourceMenu, useQueryServers } from './filter/SourceMenu.tsx'
import { FirstRunCard } from './firstRun/FirstRunCard.tsx'
import { firstRunSkipped } from './firstRun/firstRunSkipped.ts'
import { ImportMenu } from './import/ImportMenu.tsx'
import { LocalBrowser } from './LocalBrowser.tsx'
import { RemoteBrowser } from './remote/RemoteBrowser.tsx'
import css from './StudiesPage.module.css'

export function StudiesPage() {
  const view = useSettings()
  const [skipped, setSkipped] = useState(firstRunSkipped.read)
  const skip = (on: boolean) => {
    firstRunSkipped.write(on)
    setSkipped(on)
  }
  if (view && !view.confirmed && !skipped) {
    return (
      <>
        <TopBar title="Studies" />
        <FirstRunCard view={view} onSkip={() => skip(true)} />
      </>
    )
  }
  return (
    <>
      <TopBar title="Studies">
        <SourceMenu />
        <ImportMenu />
        <span className={css.space} />
        {view && !view.confirmed && (
          <Button variant="primary" onClick={() => skip(false)}>
            Start receiving
          </Button>
        )}
      </TopBar>
      <CurrentSource />
    </>
  )
}

function CurrentSource() {
  const source = useBrowser((state) => state.source)
  const servers = useQueryServers()
  if (source.kind === 'local' || source.kind === 'trash') return <LocalBrowser inTrash={source.kind === 'trash'} />
  const serverIds = source.kind === 'server' ? servers.filter((server) => server.serverId === source.serverId) : servers
  // A server that was deleted or lost its Query/Retrieve meanwhile is not asked.
  if (serverIds.length === 0) return <LocalBrowser inTrash={false} />
  return <RemoteBrowser serverIds={serverIds.map((server) => server.serverId)} />
}
