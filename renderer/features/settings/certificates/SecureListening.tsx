import { useState } from 'react'
import type { CertificatesView } from '#shared/contract/certificates.ts'
import type { Settings, SettingsView } from '#shared/contract/settings.ts'
import { useStatus } from '../../../api/workstation.ts'
import { NumberField } from '../../../ui/NumberField.tsx'
import { Select } from '../../../ui/Select.tsx'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import { FixedValue } from '../FixedValue.tsx'
import { SettingSwitch } from '../SettingSwitch.tsx'
import settingsCss from '../SettingsPage.module.css'
import { save } from '../saveSettings.ts'

const demands: readonly { value: Settings['tlsClientCertificates']; label: string }[] = [
  { value: 'none', label: 'Not asked for' },
  { value: 'ask', label: 'Asked for; a bad one is refused' },
  { value: 'require', label: 'Required' },
]

/** R060: the port for TLS, and what callers have to show there. */
export function SecureListening({ view, certificates }: { view: SettingsView; certificates: CertificatesView }) {
  const { settings, fixed } = view
  const canSwitchOn = certificates.own !== null || settings.tlsListener
  const demand = demands.find(({ value }) => value === settings.tlsClientCertificates)
  return (
    <>
      <State settings={settings} />
      <div>
        {canSwitchOn ? (
          <SettingSwitch
            view={view}
            name="tlsListener"
            label="Let devices call over TLS"
            help="At a port of its own. TLS 1.2 and 1.3 with the encryption of BCP 195; older devices need an update."
          />
        ) : (
          <p className={settingsCss.help}>Devices can call over TLS once there is a certificate: make one below.</p>
        )}
        {(settings.tlsListener || !settings.plainListener) && (
          <SettingSwitch
            view={view}
            name="plainListener"
            label="Let devices call without TLS, too"
            help={
              settings.plainListener
                ? undefined
                : 'Off: whoever does not speak TLS is refused. Nothing goes unencrypted.'
            }
          />
        )}
      </div>
      {settings.tlsListener && (
        <div className={settingsCss.grid}>
          {fixed.includes('tlsPort') ? (
            <FixedValue label="Port for TLS" value={String(settings.tlsPort)} mono />
          ) : (
            <TlsPort key={settings.tlsPort} settings={settings} />
          )}
          {fixed.includes('tlsClientCertificates') ? (
            <FixedValue label="Certificate of the caller" value={demand?.label ?? ''} />
          ) : (
            <Select
              label="Certificate of the caller"
              value={settings.tlsClientCertificates}
              options={demands}
              onChange={(tlsClientCertificates) => void save({ tlsClientCertificates })}
              help={demandHelp(settings, certificates)}
            />
          )}
        </div>
      )}
    </>
  )
}

function TlsPort({ settings }: { settings: Settings }) {
  const [typed, setTyped] = useState<number | undefined>(settings.tlsPort)
  const problem =
    typed === undefined || typed < 1 || typed > 65535
      ? 'A port is a number from 1 to 65535.'
      : typed === settings.dicomPort && settings.plainListener
        ? 'This is the port without TLS. Choose another one.'
        : undefined
  const apply = () => {
    if (!problem && typed !== settings.tlsPort && typed !== undefined) void save({ tlsPort: typed })
  }
  return (
    <NumberField
      label="Port for TLS"
      mono
      value={typed}
      onChange={setTyped}
      onBlur={apply}
      onKeyDown={(event) => event.key === 'Enter' && apply()}
      error={problem}
      help="2762 is the usual one. Firewalls must let it in."
    />
  )
}

function State({ settings }: { settings: Settings }) {
  const listening = useStatus()?.listening
  if (listening?.state !== 'listening' || !settings.tlsListener) return null
  if (listening.tlsProblem)
    return (
      <StatusWord wraps status="failed">
        {listening.tlsProblem}
      </StatusWord>
    )
  if (listening.tlsPort === null) return null
  return (
    <div className={settingsCss.listening}>
      <StatusWord status="online">Listening over TLS</StatusWord>
      <span>
        on port <span className="mono">{listening.tlsPort}</span>
        {listening.tlsOnly && ', and nowhere else'}
      </span>
    </div>
  )
}

function demandHelp({ tlsClientCertificates }: Settings, { authorities }: CertificatesView): string {
  if (tlsClientCertificates === 'none') return 'Any device that trusts our certificate may call.'
  return authorities.length === 0
    ? 'No authority is known yet, so no certificate can be good: add the authority of the devices below.'
    : 'It must come from one of the authorities below. Revoked certificates are not looked up.'
}
