import type { DeviceRow } from '#shared/contract/devices.ts'
import { useNavigation } from '../../app/navigation.ts'
import { Button } from '../../ui/Button.tsx'
import css from './DevicesPage.module.css'
import { agoText, deviceKind, lastImageText } from './deviceText.ts'

/** What is known of the selected device. */
export function DeviceFacts({ device, now }: { device: DeviceRow; now: number }) {
  const openStudies = useNavigation((state) => state.openStudies)
  const { lastStudyId, aliases, calledAs, scheduledAETitle = '', note } = device
  return (
    <dl className={css.facts}>
      <dt>Device</dt>
      <dd>{deviceKind(device) || 'not described yet'}</dd>
      <dt>Address</dt>
      <dd className="mono">{device.address || 'any'}</dd>
      {aliases.length > 0 && (
        <>
          <dt>Also calls itself</dt>
          <dd className="mono">{aliases.join(', ')}</dd>
        </>
      )}
      {calledAs.length > 0 && (
        <>
          <dt>Also calls us</dt>
          <dd className="mono">{calledAs.join(', ')}</dd>
        </>
      )}
      {scheduledAETitle !== '' && (
        <>
          <dt>Worklist for</dt>
          <dd className="mono">{scheduledAETitle}</dd>
        </>
      )}
      <dt>Last seen</dt>
      <dd>{agoText(device.lastSeenAt, now)}</dd>
      <dt>Last image</dt>
      <dd>
        {lastImageText(device, now)}{' '}
        {lastStudyId !== null && (
          <Button size="small" onClick={() => openStudies([lastStudyId])}>
            Open study
          </Button>
        )}
      </dd>
      {note && (
        <>
          <dt>Note</dt>
          <dd>{note}</dd>
        </>
      )}
    </dl>
  )
}
