import { useEffect, useState } from 'react'
import type { SettingsView } from '#shared/contract/settings.ts'
import { AE_TITLE_MAX, aeTitleProblem } from '#shared/dicom/aeTitle.ts'
import { isPractice } from '../../api/practice.ts'
import { callQuery, useQueryOperation } from '../../api/useQueryOperation.ts'
import { useStatus } from '../../api/workstation.ts'
import { Button } from '../../ui/Button.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { Select } from '../../ui/Select.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { FixedValue } from './FixedValue.tsx'
import { SettingSwitch } from './SettingSwitch.tsx'
import css from './SettingsPage.module.css'
import { save } from './saveSettings.ts'

/** R119, R120: name, port and address go together, since all are registered elsewhere. */
export function Listening({ view }: { view: SettingsView }) {
  const { settings, fixed } = view
  const [aeTitle, setAETitle] = useState<string>()
  const [port, setPort] = useState<number | undefined | null>(null)
  const [address, setAddress] = useState<string>()
  const addresses = useQueryOperation('settings', 'addresses', {}).data ?? []
  const isDesktop = useQueryOperation('settings', 'about', {}).data?.host === 'desktop'
  const [check, setCheck] = useState<{ free: boolean; sentence: string }>()
  const wantedTitle = aeTitle ?? settings.aeTitle
  const wantedPort = port === null ? settings.dicomPort : port
  const wantedAddress = address ?? settings.bindAddress
  const isMoved = wantedPort !== settings.dicomPort || wantedAddress !== settings.bindAddress
  const isChanged = wantedTitle !== settings.aeTitle || isMoved
  const titleProblem = aeTitleProblem(wantedTitle)
  const portProblem = isPort(wantedPort) ? undefined : 'A port is a number from 1 to 65535.'
  useEffect(() => {
    setCheck(undefined)
    if (!isPort(wantedPort) || !isMoved) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      callQuery('settings', 'checkPort', { port: wantedPort, bindAddress: wantedAddress }, stop.signal).then(
        setCheck,
        () => {},
      )
    }, 400)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [wantedPort, wantedAddress, isMoved])
  const forget = () => {
    setAETitle(undefined)
    setAddress(undefined)
    setPort(null)
  }
  const apply = async () => {
    const patch = {
      ...(wantedTitle === settings.aeTitle ? {} : { aeTitle: wantedTitle }),
      ...(wantedPort === undefined || wantedPort === settings.dicomPort ? {} : { dicomPort: wantedPort }),
      ...(wantedAddress === settings.bindAddress ? {} : { bindAddress: wantedAddress }),
    }
    if (await save(patch)) forget()
  }
  const isRight = !titleProblem && !portProblem
  return (
    <>
      <ListeningState />
      {fixed.length > 0 && (
        <p className={css.help}>
          {isPractice
            ? 'Values with a lock are those of practice mode. It listens on this computer alone.'
            : 'Values with a lock are set by the command line that started this workstation, or by the site profile that it follows, and are changed there.'}
        </p>
      )}
      <div className={css.grid}>
        {fixed.includes('aeTitle') ? (
          <FixedValue label="AE title" value={settings.aeTitle} mono />
        ) : (
          <TextField
            label="AE title"
            mono
            counter={AE_TITLE_MAX}
            value={wantedTitle}
            onChange={setAETitle}
            error={titleProblem}
            help="Unique in your network. Every server that knows the old one must learn the new one."
          />
        )}
        {fixed.includes('dicomPort') ? (
          <FixedValue label="Port" value={String(settings.dicomPort)} mono />
        ) : (
          <NumberField
            label="Port"
            mono
            value={wantedPort}
            onChange={setPort}
            error={portProblem ?? (check && !check.free ? check.sentence : undefined)}
            help={check?.sentence ?? portHelp(wantedPort)}
          />
        )}
        {fixed.includes('bindAddress') ? (
          <FixedValue label="Address" value={settings.bindAddress || EVERYWHERE} mono />
        ) : (
          <Select
            label="Address"
            value={wantedAddress}
            options={addressOptions(addresses, wantedAddress)}
            onChange={setAddress}
            help="Where devices reach this workstation."
          />
        )}
      </div>
      {isDesktop && (
        <SettingSwitch
          view={view}
          name="keepReceiving"
          label="Receive while the window is closed"
          help="Its icon beside the clock opens the window, starts it at sign-in, and quits."
        />
      )}
      {isChanged && (
        <div className={css.row}>
          <Button variant="primary" disabled={!isRight} onClick={() => void apply()}>
            {isMoved ? 'Listen there' : 'Use this AE title'}
          </Button>
          <Button variant="plain" onClick={forget}>
            Discard
          </Button>
        </div>
      )}
    </>
  )
}

function ListeningState() {
  const status = useStatus()
  if (!status) return null
  const { listening, addresses } = status
  if (listening.state === 'failed')
    return <StatusWord status="failed">{`Not listening. ${listening.sentence}`}</StatusWord>
  if (listening.state === 'not-yet')
    return <StatusWord status="quiet">Not listening yet: confirm AE title and port in Studies.</StatusWord>
  const where = addresses.map(({ address }) => address).join(', ') || 'this computer only'
  return (
    <div className={css.listening}>
      <StatusWord status="online">Listening</StatusWord>
      <span>
        as <span className="mono">{listening.aeTitle}</span> on port <span className="mono">{listening.port}</span>, at{' '}
        <span className="mono">{where}</span>
      </span>
    </div>
  )
}

function isPort(port: number | undefined): port is number {
  return port !== undefined && port >= 1 && port <= 65535
}

/** R053. */
function portHelp(port: number | undefined): string {
  if (port !== undefined && port < 1024) return 'Below 1024 needs rights on this computer. 11112 does not.'
  return '11112 is the usual one. Firewalls must let it in.'
}

const EVERYWHERE = 'All addresses of this computer'

/** One that is gone (a cable is out, a lease is over) stays choosable: it may come back. */
function addressOptions(addresses: readonly { address: string; interface: string }[], chosen: string) {
  const options = [
    { value: '', label: EVERYWHERE },
    ...addresses.map(({ address, interface: name }) => ({ value: address, label: address, note: name })),
    { value: '127.0.0.1', label: '127.0.0.1', note: 'this computer only' },
  ]
  if (options.some(({ value }) => value === chosen)) return options
  return [...options, { value: chosen, label: chosen, note: 'not an address of this computer now' }]
}
