import { Unplug } from 'lucide-react'
import { useConnection } from '../api/connection.ts'
import { Button } from '../ui/Button.tsx'
import css from './ConnectionBanner.module.css'

/** Machine-wide trouble: one banner under the top of the window. */
export function ConnectionBanner() {
  const state = useConnection((connection) => connection.state)
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
