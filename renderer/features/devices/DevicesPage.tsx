import { Ban, Check, Pencil, Plus, Radio, Search, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { DeviceFields, DeviceRow } from '#shared/contract/devices.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { useDevices } from '../../api/workstation.ts'
import { formatCount } from '../../app/formatAmount.ts'
import { useNavigation } from '../../app/navigation.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Bars } from '../../ui/Bars.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { TopBar } from '../../ui/TopBar.tsx'
import { useNow } from '../transfers/useNow.ts'
import { Callers } from './Callers.tsx'
import { DeviceDialog } from './DeviceDialog.tsx'
import { DeviceFacts } from './DeviceFacts.tsx'
import css from './DevicesPage.module.css'
import { DeviceTable } from './DeviceTable.tsx'
import { deleteDevice, fieldsOf, setAccess } from './deviceActions.ts'
import { EMPTY_DEVICE } from './deviceDraft.ts'
import { isFound, sortedDevices } from './deviceText.ts'
import { FirewallCard } from './FirewallCard.tsx'
import { Knocks } from './Knocks.tsx'
import { LiveLog } from './log/LiveLog.tsx'
import { SetupSheetPane } from './sheet/SetupSheetPane.tsx'

const NOW_EVERY_MS = 5000
const tabs = [
  { value: 'devices', label: 'Devices' },
  { value: 'log', label: 'Live log' },
] as const

/** What calls us: who is let in, who was heard, who was refused. */
export function DevicesPage() {
  const view = useDevices()
  const [tab, setTab] = useState<'devices' | 'log'>('devices')
  const wantsLog = useNavigation((state) => state.wantsLog)
  useEffect(() => {
    if (!wantsLog) return
    setTab('log')
    useNavigation.setState({ wantsLog: false })
  }, [wantsLog])
  const { data: guides } = useQueryOperation('devices', 'guides', {})
  const now = useNow(NOW_EVERY_MS)
  const [selectedId, setSelectedId] = useState<number>()
  const [wanted, setWanted] = useState('')
  const [edited, setEdited] = useState<{ device: DeviceRow | undefined; start: DeviceFields }>()
  const find = useRef<HTMLInputElement>(null)
  const rows = sortedDevices(view?.devices ?? []).filter((device) => isFound(device, wanted))
  const selected = rows.find(({ deviceId }) => deviceId === selectedId) ?? rows[0]
  const add = (start: Partial<DeviceFields> = {}) =>
    setEdited({ device: undefined, start: { ...EMPTY_DEVICE, ...start } })
  const edit = (device: DeviceRow | undefined) => device && setEdited({ device, start: fieldsOf(device) })
  const remove = (device: DeviceRow | undefined) => {
    if (!device) return
    const at = rows.indexOf(device)
    setSelectedId((rows[at + 1] ?? rows[at - 1])?.deviceId)
    void deleteDevice(device)
  }
  useShortcuts('Devices', [
    { keys: 'n', label: 'Add a device', run: () => add() },
    { keys: '/', label: 'Find a device', run: () => find.current?.focus() },
    { keys: 'l', label: 'Live log, or back', run: () => setTab(tab === 'log' ? 'devices' : 'log') },
  ])
  const online = view?.devices.filter((device) => device.online && device.access === 'allow').length ?? 0
  return (
    <>
      <TopBar title="Devices">
        <SegmentedControl label="Page" value={tab} options={tabs} onChange={setTab} />
        <Button variant="plain" icon={Plus} keyHint="N" onClick={() => add()}>
          Add device
        </Button>
      </TopBar>
      {tab === 'log' ? (
        <LiveLog />
      ) : !view ? (
        <Bars />
      ) : (
        <div className={css.page}>
          <div className={css.left}>
            <Knocks knocks={view.knocks} ignored={view.ignored} now={now} onAllowed={setSelectedId} />
            <section className={css.known} aria-label="Devices" data-region>
              {view.devices.length === 0 ? (
                <NoDevice isQuiet={view.knocks.length === 0} onAdd={() => add()} />
              ) : (
                <>
                  <div className={css.head}>
                    <h2 className={css.title}>Known devices</h2>
                    <span className={css.faint}>
                      {view.devices.length}, {online} online
                    </span>
                    <span className={css.grow} />
                    <TextField
                      ref={find}
                      label="Find a device"
                      hideLabel
                      placeholder="Find a device"
                      icon={Search}
                      size="small"
                      value={wanted}
                      onChange={setWanted}
                      className={css.find}
                    />
                  </div>
                  {rows.length === 0 ? (
                    <p className={css.nothing}>
                      No device matches “{wanted}”. {formatCount(view.devices.length, 'device')} in all.
                    </p>
                  ) : (
                    <div className={css.scroller}>
                      <DeviceTable
                        rows={rows}
                        now={now}
                        selectedId={selected?.deviceId}
                        onSelect={setSelectedId}
                        onEdit={() => edit(selected)}
                        onDelete={() => remove(selected)}
                      />
                    </div>
                  )}
                </>
              )}
              <Callers callers={view.callers} now={now} onAdd={({ aeTitle, address }) => add({ aeTitle, address })} />
            </section>
            <FirewallCard />
          </div>
          {selected && (
            <aside className={css.right} aria-label={`Device ${selected.aeTitle}`} data-region>
              <div className={css.subject}>
                <h2 className={css.subjectTitle}>{selected.aeTitle}</h2>
                <span className={css.grow} />
                <IconButton label="Edit" icon={Pencil} keyHint="Enter" onClick={() => edit(selected)} />
                {selected.access === 'allow' ? (
                  <IconButton label="Block" icon={Ban} onClick={() => void setAccess(selected, 'deny')} />
                ) : (
                  <IconButton label="Let in" icon={Check} onClick={() => void setAccess(selected, 'allow')} />
                )}
                <IconButton label="Delete" icon={Trash2} keyHint="Delete" onClick={() => remove(selected)} />
              </div>
              <DeviceFacts device={selected} now={now} />
              <SetupSheetPane device={selected} />
            </aside>
          )}
        </div>
      )}
      {edited && (
        <DeviceDialog
          device={edited.device}
          start={edited.start}
          vendors={(guides ?? []).map(({ vendor }) => vendor).filter((vendor) => vendor !== 'Other')}
          onClose={() => setEdited(undefined)}
          onSaved={setSelectedId}
        />
      )}
    </>
  )
}

function NoDevice({ isQuiet, onAdd }: { isQuiet: boolean; onAdd(): void }) {
  return (
    <EmptyState
      icon={Radio}
      title="No device yet"
      actions={
        <Button variant={isQuiet ? 'primary' : 'outlined'} icon={Plus} onClick={onAdd}>
          Add device
        </Button>
      }
    >
      A device is what sends images here: a scanner, an ultrasound, an X-ray. Add it by its AE title and address, or let
      it knock: press echo or send on it, and it appears here.
    </EmptyState>
  )
}
