import {
  ArrowDownToLine,
  ArrowUpDown,
  HardDrive,
  Radio,
  RadioOff,
  ShieldAlert,
  TriangleAlert,
  Unplug,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { Status } from '#shared/contract/settings.ts'
import { useConnection } from '../api/connection.ts'
import { useSettings, useStatus } from '../api/workstation.ts'
import { ProgressBar } from '../ui/ProgressBar.tsx'
import { formatBytes, formatCount } from './formatAmount.ts'
import { type Page, useNavigation } from './navigation.ts'
import css from './StatusBar.module.css'

/** The identity of the machine at the left, trouble at the right. Each part is a button to its page. */
export function StatusBar() {
  const status = useStatus()
  const settings = useSettings()
  const connection = useConnection((state) => state.state)
  // What was true before the connection broke may not be true now: nothing is said rather than something old.
  if (connection === 'lost' || connection === 'refused') {
    return (
      <section className={css.bar} aria-label="Workstation status">
        <span className={css.part} data-tone="off">
          <Unplug size={14} strokeWidth={1.75} aria-hidden="true" />
          The workstation does not answer: what it does now is not known
        </span>
      </section>
    )
  }
  return (
    <section className={css.bar} aria-label="Workstation status">
      {status && (
        <>
          <Listening status={status} />
          {status.arriving && (
            <Part page="transfers" tone="accent">
              <ArrowDownToLine size={14} strokeWidth={1.75} aria-hidden="true" />
              <span>
                Receiving from <span className="mono">{status.arriving.from}</span>,{' '}
                {formatCount(status.arriving.instances, 'image')}
              </span>
            </Part>
          )}
          <span className={css.space} />
          {status.transfersRunning > 0 && (
            <Part page="transfers">
              <ArrowUpDown size={14} strokeWidth={1.75} aria-hidden="true" />
              {status.transfersRunning} running
            </Part>
          )}
          <Certificates warnings={status.certificates} />
          {settings?.problem && (
            <Part page="settings" tone="warn">
              <TriangleAlert size={14} strokeWidth={1.75} aria-hidden="true" />
              Settings not readable
            </Part>
          )}
          {status.trashProblem && (
            <Part page="settings" tone="warn">
              <TriangleAlert size={14} strokeWidth={1.75} aria-hidden="true" />
              Trash not emptied
            </Part>
          )}
          {status.needsAttention > 0 && (
            <Part page="transfers" tone="warn">
              <TriangleAlert size={14} strokeWidth={1.75} aria-hidden="true" />
              {status.needsAttention} {status.needsAttention === 1 ? 'needs' : 'need'} attention
            </Part>
          )}
          <Disk disk={status.disk} />
        </>
      )}
    </section>
  )
}

function Certificates({ warnings }: { warnings: Status['certificates'] }) {
  const ended = warnings.filter((one) => one.ended).length
  if (warnings.length === 0) return null
  const count = ended || warnings.length
  return (
    <Part page="settings" tone={ended > 0 ? 'bad' : 'warn'}>
      <ShieldAlert size={14} strokeWidth={1.75} aria-hidden="true" />
      {formatCount(count, 'certificate')} {ended > 0 ? 'ended' : count === 1 ? 'ends soon' : 'end soon'}
    </Part>
  )
}

function Listening({ status }: { status: Status }) {
  const { listening, addresses } = status
  if (listening.state === 'listening') {
    const address = addresses[0]?.address
    const host = address?.includes(':') ? `[${address}]` : address
    return (
      <Part page="settings" tone="ok">
        <Radio size={14} strokeWidth={1.75} aria-hidden="true" />
        Listening
        <span className={`mono ${css.identity}`}>{listening.aeTitle}</span>
        <span className={`mono ${css.identity}`}>{host ? `${host}:${listening.port}` : `port ${listening.port}`}</span>
        {listening.tlsOnly && 'TLS'}
        {!listening.tlsOnly && listening.tlsPort !== null && (
          <>
            TLS <span className={`mono ${css.identity}`}>{listening.tlsPort}</span>
          </>
        )}
      </Part>
    )
  }
  return (
    <Part
      page={listening.state === 'failed' ? 'settings' : 'studies'}
      tone={listening.state === 'failed' ? 'bad' : 'off'}
    >
      <RadioOff size={14} strokeWidth={1.75} aria-hidden="true" />
      {listening.state === 'failed' ? `Not listening. ${listening.sentence}` : 'Not listening yet'}
    </Part>
  )
}

function Disk({ disk }: { disk: Status['disk'] }) {
  const used = disk.totalBytes - disk.freeBytes
  return (
    <Part page="settings">
      <HardDrive size={14} strokeWidth={1.75} aria-hidden="true" />
      {disk.connected ? `${formatBytes(disk.freeBytes)} free` : 'Disk not connected'}
      <ProgressBar label="Disk space used" value={used} max={disk.totalBytes} tone="level" />
    </Part>
  )
}

function Part({
  page,
  tone,
  children,
}: {
  page: Page
  tone?: 'ok' | 'warn' | 'bad' | 'accent' | 'off'
  children: ReactNode
}) {
  const go = useNavigation((state) => state.go)
  return (
    <button type="button" className={css.part} data-tone={tone} onClick={() => go(page)}>
      {children}
    </button>
  )
}
