import type { ServerRow } from '#shared/contract/servers.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { useNotifications, useSettings } from '../../api/workstation.ts'
import { useNavigation } from '../../app/navigation.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Select } from '../../ui/Select.tsx'
import { Fold } from './Fold.tsx'
import type { Problems } from './fieldProblems.ts'
import { type Draft, type FormField, fieldLabels } from './fields.ts'
import { NotificationSecret } from './NotificationSecret.tsx'
import { notificationState } from './notificationState.ts'
import css from './Rest.module.css'

interface NotificationFieldsProps {
  row: ServerRow
  values: Draft
  problems: Problems
  onChange(change: Partial<Draft>): void
  onLeave(field: FormField): void
}

/** R043 to R046: it says by itself what is new there. */
export function NotificationFields({ row, values, problems, onChange, onLeave }: NotificationFieldsProps) {
  const { notifyOn, notifyAddress, notifyRetrieve } = values
  const settings = useSettings()?.settings
  const view = useNotifications()
  const go = useNavigation((state) => state.go)
  const addresses = useQueryOperation('settings', 'addresses', {}).data ?? []
  const seen = row.lastTest?.ourAddress
  const options = [
    { value: '', label: 'Choose one' },
    ...addresses.map(({ address, interface: name }) => ({
      value: address,
      label: address,
      note: address === seen ? `${name}, by which we reach it` : name,
    })),
    { value: '127.0.0.1', label: '127.0.0.1', note: 'it runs on this computer' },
  ]
  const known = options.some(({ value }) => value === notifyAddress)
  return (
    <Fold title="Notifications" value={summary(values)}>
      <div data-wide>
        <Checkbox
          label="It tells us of what is new"
          checked={notifyOn}
          onChange={(on) =>
            onChange({ notifyOn: on, ...(on && notifyAddress === '' && seen ? { notifyAddress: seen } : {}) })
          }
          help="Only where its administrator sets that up: Orthanc by the lines below, others by any program that can send HTTP. While a server is ticked here, a port of this workstation is open for it."
        />
      </div>
      <Select
        label={fieldLabels.notifyAddress}
        value={notifyAddress}
        disabled={!notifyOn}
        error={notifyOn ? problems.notifyAddress : undefined}
        options={known ? options : [...options, { value: notifyAddress, label: notifyAddress }]}
        onChange={(address) => onChange({ notifyAddress: address })}
        onBlur={() => onLeave('notifyAddress')}
        help="Of this workstation: the one that it can reach. Where addresses change by DHCP, have this one reserved."
      />
      <div>
        <p className={css.label}>Notification port</p>
        <div className={css.inline}>
          <span className="mono">{settings?.notificationPort}</span>
          <Button size="small" variant="plain" onClick={() => go('settings')}>
            Change in Settings
          </Button>
        </div>
        <p className={css.note}>
          One for all servers; {settings?.notificationTls ? 'over TLS' : 'without TLS'}. Firewalls must let it in.
        </p>
      </div>
      <div data-wide>
        <Checkbox
          label={fieldLabels.notifyRetrieve}
          checked={notifyRetrieve}
          disabled={!notifyOn}
          onChange={(on) => onChange({ notifyRetrieve: on })}
          help={
            values.queryRetrieve
              ? 'By the way set under Query and retrieve, only what is not here. Unticked: it is said, and nothing is fetched.'
              : 'Only while Query/Retrieve above is ticked.'
          }
        />
      </div>
      {notifyOn && (
        <>
          {!row.readOnly && <NotificationSecret row={row} address={notifyAddress} />}
          <p data-wide className={css.note} role="status">
            {notificationState(row, view)} What is said of it, and when: Settings, Notices.
          </p>
        </>
      )}
    </Fold>
  )
}

function summary({ notifyOn, notifyRetrieve, notifyAddress }: Draft): string {
  if (!notifyOn) return 'Off'
  const to = notifyAddress === '' ? 'no address yet' : `to ${notifyAddress}`
  return `${notifyRetrieve ? 'Said and retrieved' : 'Said'}, ${to}`
}
