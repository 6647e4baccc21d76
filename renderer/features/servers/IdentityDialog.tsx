import { Copy } from 'lucide-react'
import type { ServerRow } from '#shared/contract/servers.ts'
import { useSettings, useStatus } from '../../api/workstation.ts'
import { useNavigation } from '../../app/navigation.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { CopyLine } from './CopyLine.tsx'
import { copyText } from './copyText.ts'
import css from './IdentityDialog.module.css'

/** R024: what others must enter of us, and which address to give to whom. */
export function IdentityDialog({ servers, onClose }: { servers: readonly ServerRow[]; onClose(): void }) {
  const settings = useSettings()?.settings
  const status = useStatus()
  const go = useNavigation((state) => state.go)
  const listening = status?.listening
  const aeTitle = settings?.aeTitle ?? ''
  const addresses = status?.addresses ?? []
  const ports =
    listening?.state === 'listening'
      ? [
          ...(listening.tlsOnly ? [] : [String(listening.port)]),
          ...(listening.tlsPort === null ? [] : [`${listening.tlsPort} (TLS)`]),
        ].join(', ')
      : ''
  const isAlone =
    addresses.length > 0 && addresses.every(({ address }) => address === '::1' || address.startsWith('127.'))
  const twins = servers.filter((row) => row.aeTitle === aeTitle)
  const text = [`AE title  ${aeTitle}`, ...addresses.map(({ address }) => `Address   ${address}`), `Port      ${ports}`]
  const openSettings = () => {
    onClose()
    go('settings')
  }
  return (
    <Dialog
      title="This workstation"
      subtitle="What others must know of us"
      width={520}
      onClose={onClose}
      footer={
        <>
          <Button onClick={openSettings}>Change in Settings</Button>
          <span className={css.grow} />
          <Button icon={Copy} onClick={() => void copyText(`${text.join('\n')}\n`)}>
            Copy all
          </Button>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div className={css.parts}>
        {twins.length > 0 && (
          <p className={css.warning} role="alert">
            {twins.map(({ name }) => name).join(', ')} {twins.length === 1 ? 'has' : 'have'} our own AE title. An AE
            title must be unique in a network: change ours in Settings, or check the server's.
          </p>
        )}
        <div>
          <div className={css.label}>AE title</div>
          <CopyLine text={aeTitle} label="Copy AE title" />
        </div>
        <div>
          <div className={css.label}>Port</div>
          {ports ? (
            <CopyLine text={ports} label="Copy port" />
          ) : (
            <p>
              {listening?.state === 'failed' ? listening.sentence : 'Nothing listens yet: confirm AE title and port.'}
            </p>
          )}
        </div>
        <div className={css.addresses}>
          <div className={css.label}>{addresses.length > 1 ? 'Addresses' : 'Address'}</div>
          {addresses.map(({ address, interface: name }) => (
            <div key={`${name} ${address}`} className={css.address}>
              <CopyLine text={address} label={`Copy ${address}`} />
              <span className={css.interface}>{name}</span>
            </div>
          ))}
          {addresses.length === 0 && <p>This computer is not connected to a network.</p>}
        </div>
        {isAlone && (
          <p className={css.warning} role="alert">
            It listens for this computer alone: nobody else can reach it. Settings, Address lets others in.
          </p>
        )}
        <p className={css.help}>
          {addresses.length > 1 &&
            'Give each device the address that begins like its own: it is in the same network. IPv6 (with colons) only to those that ask for it. '}
          An address that a router hands out (DHCP) may change: ask the network administrator to reserve it for this
          computer.
        </p>
      </div>
    </Dialog>
  )
}
