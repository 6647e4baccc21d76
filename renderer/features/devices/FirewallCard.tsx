import { Copy, RefreshCw, ShieldCheck, ShieldQuestionMark, ShieldX } from 'lucide-react'
import { useState } from 'react'
import type { Reach } from '#shared/contract/devices.ts'
import { firewallCommands } from '#shared/network/firewallCommands.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { showToast } from '../../ui/toast.ts'
import { momentText } from './deviceText.ts'
import css from './FirewallCard.module.css'
import { reachVerdict } from './reachVerdict.ts'
import { useReach } from './useReach.ts'

const icons = { ok: ShieldCheck, warn: ShieldQuestionMark, bad: ShieldX }

/** R053, R115, R116: can a device reach us, and what opens the way. */
export function FirewallCard() {
  const { data, error, isFetching, refetch } = useReach()
  const [isOpen, setOpen] = useState(false)
  const again = (
    <Button
      variant="plain"
      size="small"
      icon={RefreshCw}
      disabled={isFetching}
      aria-busy={isFetching}
      onClick={() => void refetch()}
    >
      {isFetching ? 'Looking' : 'Check again'}
    </Button>
  )
  if (error)
    return (
      <section className={css.card} aria-label="Reachable" data-region>
        <div className={css.head} role="alert">
          <ShieldQuestionMark size={16} strokeWidth={1.75} aria-hidden="true" data-tone="warn" />
          <p className={css.words}>{error.message}</p>
          {again}
        </div>
      </section>
    )
  if (!data) return null
  const { tone, title, words } = reachVerdict(data)
  const Icon = icons[tone]
  const port = data.port ?? data.tlsPort
  return (
    <section className={css.card} aria-label="Reachable" data-region>
      <div className={css.head}>
        <Icon size={16} strokeWidth={1.75} aria-hidden="true" data-tone={tone} />
        <p className={css.words} role="status">
          <strong>{title}</strong> {words}{' '}
          <span className={css.faint}>Checked at {momentText(data.checkedAt, data.checkedAt)}.</span>
        </p>
        {port !== null && (
          <Button variant="plain" size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide commands' : 'Commands'}
          </Button>
        )}
        {again}
      </div>
      {isOpen && port !== null && <Commands reach={data} port={port} />}
    </section>
  )
}

function Commands({ reach, port }: { reach: Reach; port: number }) {
  return (
    <div className={css.commands}>
      <p className={css.faint}>
        A rule on this computer does not open firewalls and routers between it and the device: their administrator lets
        TCP {port} through, from the device to this computer. Never forward it from the internet.
        {port < 1024 && ' Ports below 1024 need rights of an administrator on some systems; 11112 needs none.'}
      </p>
      {firewallCommands(port, reach.program).map(({ system, command, note }) => (
        <div key={system}>
          <p className={css.system}>
            {system} <span className={css.faint}>{note}</span>
          </p>
          <div className={`mono ${css.code}`} data-selectable>
            <span>{command}</span>
            <IconButton
              label={`Copy the command for ${system}`}
              icon={Copy}
              size="small"
              onClick={() => void copy(command)}
            />
          </div>
        </div>
      ))}
    </div>
  )
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showToast({ icon: Copy, message: 'Copied' })
  } catch {
    showToast({ tone: 'warn', message: 'The browser does not let us copy. Select the text and copy it by hand.' })
  }
}
