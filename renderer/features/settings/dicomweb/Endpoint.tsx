import { useState } from 'react'
import type { SettingsView } from '#shared/contract/settings.ts'
import { useQueryOperation } from '../../../api/useQueryOperation.ts'
import { useCertificates } from '../../../api/workstation.ts'
import { NumberField } from '../../../ui/NumberField.tsx'
import { Select } from '../../../ui/Select.tsx'
import { FixedValue } from '../FixedValue.tsx'
import { SettingSwitch } from '../SettingSwitch.tsx'
import settingsCss from '../SettingsPage.module.css'
import { save } from '../saveSettings.ts'
import { Unencrypted } from './Unencrypted.tsx'

const HERE = '127.0.0.1'
const isHere = (address: string) => address.startsWith('127.') || address === '::1'

/** Where it listens, and how it is protected there. */
export function Endpoint({ view }: { view: SettingsView }) {
  const { settings, fixed } = view
  const { dicomwebAddress: address } = settings
  const addresses = useQueryOperation('settings', 'addresses', {}).data ?? []
  const certificates = useCertificates()
  const options = [
    { value: HERE, label: 'This computer only' },
    { value: '', label: 'All addresses of this computer' },
    ...addresses.map((one) => ({ value: one.address, label: one.address, note: one.interface })),
  ]
  const shown = options.some(({ value }) => value === address)
    ? options
    : [...options, { value: address, label: address }]
  const canSecure = settings.dicomwebTls || (certificates?.own ?? null) !== null
  return (
    <>
      <div className={settingsCss.grid}>
        {fixed.includes('dicomwebPort') ? (
          <FixedValue label="Web port" value={String(settings.dicomwebPort)} mono />
        ) : (
          <Port key={settings.dicomwebPort} port={settings.dicomwebPort} />
        )}
        {fixed.includes('dicomwebAddress') ? (
          <FixedValue label="Reached at" value={address || 'All addresses of this computer'} mono />
        ) : (
          <Select
            label="Reached at"
            value={address}
            options={shown}
            onChange={(dicomwebAddress) => void save({ dicomwebAddress })}
            help={isHere(address) ? 'Programs of other computers cannot reach it.' : 'Firewalls must let it in.'}
          />
        )}
      </div>
      {canSecure ? (
        <SettingSwitch
          view={view}
          name="dicomwebTls"
          label="HTTPS"
          help="With the certificate of this workstation, TLS 1.2 and 1.3. Who does not know its authority must be given it."
        />
      ) : (
        <p className={settingsCss.help}>HTTPS takes a certificate: make one under Certificates, above.</p>
      )}
      {!isHere(address) && !settings.dicomwebTls && <Unencrypted view={view} />}
    </>
  )
}

function Port({ port }: { port: number }) {
  const [typed, setTyped] = useState<number | undefined>(port)
  const problem = typed === undefined || typed < 1 || typed > 65535 ? 'A port is a number from 1 to 65535.' : undefined
  const apply = () => {
    if (!problem && typed !== port && typed !== undefined) void save({ dicomwebPort: typed })
  }
  return (
    <NumberField
      label="Web port"
      mono
      value={typed}
      onChange={setTyped}
      onBlur={apply}
      onKeyDown={(event) => event.key === 'Enter' && apply()}
      error={problem}
      help="Another one than the DICOM port."
    />
  )
}
