import { Copy, RefreshCw, ShieldCheck, ShieldQuestionMark, ShieldX } from 'lucide-react'
import { useState } from 'react'
import type { Reach } from '#shared/contract/devices.ts'
import type { FirewallCommand } from '#shared/network/firewallCommands.ts'
import { useNavigation } from '../../app/navigation.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { copyText } from '../servers/copyText.ts'
import { momentText } from './deviceText.ts'
import css from './FirewallCard.module.css'
import { firewallFor, openPorts } from './firewallFor.ts'
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
  const ports = openPorts(data)
  return (
    <section className={css.card} aria-label="Reachable" data-region>
      <div className={css.head}>
        <Icon size={16} strokeWidth={1.75} aria-hidden="true" data-tone={tone} />
        <p className={css.words} role="status">
          <strong>{title}</strong> {words}{' '}
          <span className={css.faint}>Checked at {momentText(data.checkedAt, data.checkedAt)}.</span>
        </p>
        {tone === 'bad' && (
          <Button variant="plain" size="small" onClick={() => useNavigation.getState().go('settings')}>
            Open Settings
          </Button>
        )}
        {ports.length > 0 && (
          <Button variant="plain" size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide commands' : 'Commands'}
          </Button>
        )}
        {again}
      </div>
      {isOpen && ports.length > 0 && <Commands reach={data} ports={ports} />}
    </section>
  )
}

function Commands({ reach, ports }: { reach: Reach; ports: readonly number[] }) {
  const { own, others } = firewallFor(reach, ports)
  return (
    <div className={css.commands}>
      <p className={css.faint}>
        A rule on this computer does not open firewalls and routers between it and the device: their administrator lets
        TCP {ports.join(' and ')} through, from the device to this computer. Never forward it from the internet.
        {ports.some((port) => port < 1024) &&
          ' Ports below 1024 need rights of an administrator on some systems; 11112 needs none.'}
      </p>
      {own.map((one) => (
        <System key={one.system} {...one} />
      ))}
      <details open={own.length === 0}>
        <summary className={css.others}>On other systems</summary>
        <div className={css.otherList}>
          {others.map((one) => (
            <System key={one.system} {...one} />
          ))}
        </div>
      </details>
    </div>
  )
}

function System({ system, commands, note }: FirewallCommand) {
  return (
    <div>
      <p className={css.system}>
        {system} <span className={css.faint}>{note}</span>
      </p>
      {commands.map((command) => (
        <div key={command} className={`mono ${css.code}`} data-selectable>
          <span>{command}</span>
          <IconButton
            label={`Copy the command for ${system}`}
            icon={Copy}
            size="small"
            onClick={() => void copyText(command, 'Command copied')}
          />
        </div>
      ))}
    </div>
  )
}
