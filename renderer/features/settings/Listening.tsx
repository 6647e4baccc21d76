import { useEffect, useState } from 'react'
import type { SettingsView } from '#shared/contract/settings.ts'
import { AE_TITLE_MAX, aeTitleProblem } from '#shared/dicom/aeTitle.ts'
import { callQuery } from '../../api/useQueryOperation.ts'
import { useStatus } from '../../api/workstation.ts'
import { Button } from '../../ui/Button.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { FixedValue } from './FixedValue.tsx'
import css from './SettingsPage.module.css'
import { save } from './saveSettings.ts'

const acceptOptions = [
  { value: 'any', label: 'Any device on the network', note: 'under any AE title' },
  { value: 'known', label: 'Only known servers', note: 'those under Servers, by AE title and address' },
] as const

/** R119, R120, R065: name and port go together, since both are registered elsewhere. */
export function Listening({ view }: { view: SettingsView }) {
  const { settings, fixed } = view
  const [aeTitle, setAETitle] = useState<string>()
  const [port, setPort] = useState<number | undefined | null>(null)
  const [check, setCheck] = useState<{ free: boolean; sentence: string }>()
  const wantedTitle = aeTitle ?? settings.aeTitle
  const wantedPort = port === null ? settings.dicomPort : port
  const isChanged = wantedTitle !== settings.aeTitle || wantedPort !== settings.dicomPort
  const titleProblem = aeTitleProblem(wantedTitle)
  const portProblem = isPort(wantedPort) ? undefined : 'A port is a number from 1 to 65535.'
  useEffect(() => {
    setCheck(undefined)
    if (!isPort(wantedPort) || wantedPort === settings.dicomPort) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      callQuery('settings', 'checkPort', { port: wantedPort }, stop.signal).then(setCheck, () => {})
    }, 400)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [wantedPort, settings.dicomPort])
  const forget = () => {
    setAETitle(undefined)
    setPort(null)
  }
  const apply = async () => {
    const patch = {
      ...(wantedTitle === settings.aeTitle ? {} : { aeTitle: wantedTitle }),
      ...(wantedPort === undefined || wantedPort === settings.dicomPort ? {} : { dicomPort: wantedPort }),
    }
    if (await save(patch)) forget()
  }
  const isRight = !titleProblem && !portProblem
  return (
    <>
      <ListeningState />
      {fixed.length > 0 && (
        <p className={css.help}>
          Values with a lock are set by the command line that started this workstation and are changed there.
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
        <div className={css.wide}>
          {fixed.includes('accept') ? (
            <FixedValue
              label="Who may send"
              value={acceptOptions.find(({ value }) => value === settings.accept)?.label ?? settings.accept}
            />
          ) : (
            <RadioGroup
              label="Who may send"
              value={settings.accept}
              options={acceptOptions}
              onChange={(accept) => void save({ accept })}
            />
          )}
        </div>
      </div>
      {isChanged && (
        <div className={css.row}>
          <Button variant="primary" disabled={!isRight} onClick={() => void apply()}>
            {wantedPort === settings.dicomPort ? 'Use this AE title' : 'Listen there'}
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
