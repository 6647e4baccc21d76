import { RefreshCw, Unplug } from 'lucide-react'
import { useConnection } from '../api/connection.ts'
import { Button } from '../ui/Button.tsx'
import css from './ConnectionBanner.module.css'
import { useOutdated } from './outdatedPage.ts'

/** Machine-wide trouble: one banner under the top of the window. */
export function ConnectionBanner() {
  const state = useConnection((connection) => connection.state)
  const outdated = useOutdated((page) => page.outdated)
  if (state === 'open' && outdated) {
    return (
      <div className={css.banner} role="status">
        <RefreshCw size={16} strokeWidth={1.75} aria-hidden="true" data-quiet />
        <span>
          <strong>The workstation was updated.</strong> Finish what is open here, then load the page again.
        </span>
        <span className={css.space} />
        <Button size="small" onClick={() => location.reload()}>
          Reload
        </Button>
      </div>
    )
  }
  if (state === 'open' || state === 'connecting') return null
  return (
    <div className={css.banner} role="alert">
      <Unplug size={16} strokeWidth={1.75} aria-hidden="true" />
      {state === 'lost' ? (
        <span>
          <strong>The workstation does not answer.</strong> The page connects again by itself when it runs.
        </span>
      ) : (
        <span>
          <strong>This page belongs to another run of the workstation.</strong> Open the address that the workstation
          printed when it started.
        </span>
      )}
      <span className={css.space} />
      <Button size="small" onClick={() => location.reload()}>
        Reload
      </Button>
    </div>
  )
}
