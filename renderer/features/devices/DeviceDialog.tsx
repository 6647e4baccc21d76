import { useState } from 'react'
import type { DeviceFields, DeviceRow } from '#shared/contract/devices.ts'
import { ApiError } from '#shared/contract/errors.ts'
import { AE_TITLE_MAX } from '#shared/dicom/aeTitle.ts'
import { client } from '../../api/client.ts'
import { useSettings } from '../../api/workstation.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { showFailure } from '../../app/showFailure.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import css from './DeviceDialog.module.css'
import { type DeviceDraft, type DraftField, draftOf, MODALITIES, readDraft } from './deviceDraft.ts'

interface DeviceDialogProps {
  /** Undefined for a new one. */
  device: DeviceRow | undefined
  start: DeviceFields
  vendors: readonly string[]
  onClose(): void
  onSaved(deviceId: number): void
}

export function DeviceDialog({ device, start, vendors, onClose, onSaved }: DeviceDialogProps) {
  const [draft, setDraft] = useState<DeviceDraft>(() => draftOf(start))
  const [left, setLeft] = useState<readonly DraftField[]>([])
  const [refused, setRefused] = useState<string>()
  const [isSaving, setSaving] = useState(false)
  const ownName = useSettings()?.settings.aeTitle
  const { fields, problems } = readDraft(draft)
  const change = (part: Partial<DeviceDraft>) => {
    setRefused(undefined)
    setDraft({ ...draft, ...part })
  }
  const save = async () => {
    if (!fields || isSaving) return
    setSaving(true)
    try {
      const { deviceId, revision = 0 } = device ?? {}
      const saved = await (deviceId === undefined
        ? client.devices.add({ fields })
        : client.devices.update({ deviceId, revision, fields }))
      onSaved(saved.deviceId)
      onClose()
    } catch (error) {
      if (error instanceof ApiError && error.code === 'invalid-input') setRefused(error.message)
      else showFailure(error)
      setSaving(false)
    }
  }
  useShortcuts('Device', [{ keys: 'Ctrl Enter', run: () => void save() }], { inDialog: true })
  const field = (name: Exclude<DraftField, 'access' | 'modality'>, label: string) => ({
    label,
    value: draft[name],
    onChange: (value: string) => change({ [name]: value }),
    onBlur: () => setLeft([...left, name]),
    error: left.includes(name) ? problems[name] : undefined,
  })
  const isListed = MODALITIES.some(({ value }) => value === draft.modality)
  const modalities = isListed ? MODALITIES : [...MODALITIES, { value: draft.modality, label: draft.modality }]
  return (
    <Dialog
      title={device ? `Device ${device.aeTitle}` : 'Add a device'}
      width={640}
      onClose={onClose}
      footer={
        <>
          {refused && <span role="alert">{refused}</span>}
          <span className={css.grow} />
          <Button variant="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            keyHint="Ctrl Enter"
            disabled={!fields || isSaving || device?.locked}
            aria-busy={isSaving}
            onClick={() => void save()}
          >
            {device ? 'Save' : 'Add device'}
          </Button>
        </>
      }
    >
      {device?.locked && (
        <p className="secondary">
          Set by the site profile that this workstation follows. It is changed there, or after leaving the profile under
          Settings.
        </p>
      )}
      <form className={css.form} onSubmit={(event) => event.preventDefault()}>
        <TextField
          {...field('aeTitle', 'AE title')}
          mono
          counter={AE_TITLE_MAX}
          help="Its own, exactly as it stands on the device: capitals count."
        />
        <TextField {...field('address', 'Address')} mono help="A name, IPv4 or IPv6. Empty for any." />
        <TextField {...field('vendor', 'Vendor')} list="vendors" />
        <datalist id="vendors">
          {vendors.map((vendor) => (
            <option key={vendor} value={vendor} />
          ))}
        </datalist>
        <TextField {...field('model', 'Model')} />
        <Select
          label="Modality"
          value={draft.modality}
          options={modalities}
          onChange={(modality) => change({ modality })}
        />
        <TextField {...field('place', 'Place')} placeholder="Room 2" />
        <TextField
          {...field('aliases', 'Also calls itself')}
          mono
          className={css.wide}
          help="Further AE titles of this device, separated by commas."
        />
        <TextField
          {...field('calledAs', 'Also calls us')}
          mono
          className={css.wide}
          help={`Names beside ${ownName ?? 'our own'} to which we answer this device, such as that of an older PACS.`}
        />
        <TextField
          {...field('scheduledAETitle', 'Worklist for')}
          mono
          className={css.wide}
          help="The device that requests name, where it calls itself otherwise when it asks for its worklist. Empty: what it asks for."
        />
        <TextField {...field('note', 'Note')} className={css.wide} />
        <div className={css.wide}>
          <Checkbox
            label="Blocked"
            checked={draft.access === 'deny'}
            onChange={(isBlocked) => change({ access: isBlocked ? 'deny' : 'allow' })}
            help="Refused whatever it asks for, also when anybody else may connect."
          />
        </div>
      </form>
    </Dialog>
  )
}
