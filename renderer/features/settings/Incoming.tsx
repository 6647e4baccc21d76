import { useState } from 'react'
import type { Settings, SettingsView } from '#shared/contract/settings.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { Select } from '../../ui/Select.tsx'
import { QuarantineButton } from '../quarantine/QuarantineButton.tsx'
import { FixedValue } from './FixedValue.tsx'
import css from './SettingsPage.module.css'
import { save } from './saveSettings.ts'
import { useWanted } from './useWanted.ts'

const conflicts: readonly { value: Settings['onConflict']; label: string; note: string }[] = [
  { value: 'keep-first', label: 'Keep the first', note: 'the other one is dropped, and its transfer says so' },
  { value: 'quarantine', label: 'Put the other one into quarantine', note: 'you decide later' },
  {
    value: 'replace',
    label: 'Replace the first',
    note: 'the first one goes into quarantine, with what was measured on it',
  },
]

const unknown: readonly { value: Settings['unknownClasses']; label: string }[] = [
  { value: 'store', label: 'Keep them' },
  { value: 'refuse', label: 'Refuse them' },
]

const CONFLICT = 'An image comes whose SOP Instance UID another one has already'
const KEEP_FREE = 'Keep free on the disk'
const UNKNOWN = 'Objects of a kind that the standard does not name'

const MEGABYTES = { min: 10, max: 10_000_000 }

/** R050, R058, R064: what becomes of images that come. */
export function Incoming({ view }: { view: SettingsView }) {
  const { fixed } = view
  const { minFreeMegabytes } = view.settings
  const [onConflict, setOnConflict] = useWanted('onConflict', view.settings.onConflict)
  const [unknownClasses, setUnknownClasses] = useWanted('unknownClasses', view.settings.unknownClasses)
  const [megabytes, setMegabytes] = useState<number | undefined>(minFreeMegabytes)
  const isRight = megabytes !== undefined && megabytes >= MEGABYTES.min && megabytes <= MEGABYTES.max
  const apply = () => {
    if (isRight && megabytes !== minFreeMegabytes) void save({ minFreeMegabytes: megabytes })
  }
  return (
    <>
      <div className={css.row}>
        {fixed.includes('onConflict') ? (
          <FixedValue
            label={CONFLICT}
            value={conflicts.find(({ value }) => value === onConflict)?.label ?? onConflict}
          />
        ) : (
          <RadioGroup label={CONFLICT} value={onConflict} options={conflicts} onChange={setOnConflict} />
        )}
        <span className={css.grow} />
        <QuarantineButton always />
      </div>
      <div className={css.grid}>
        {fixed.includes('minFreeMegabytes') ? (
          <FixedValue label={KEEP_FREE} value={`${minFreeMegabytes.toLocaleString('en')} MB`} />
        ) : (
          <NumberField
            label={KEEP_FREE}
            unit="MB"
            value={megabytes}
            onChange={setMegabytes}
            onBlur={apply}
            onKeyDown={(event) => event.key === 'Enter' && apply()}
            error={isRight ? undefined : 'From 10 to 10,000,000 MB.'}
            help="Below this nothing more is taken; the device is told that the disk is full. At most a tenth of the disk."
          />
        )}
        {fixed.includes('unknownClasses') ? (
          <FixedValue label={UNKNOWN} value={unknown.find(({ value }) => value === unknownClasses)?.label ?? ''} />
        ) : (
          <Select
            label={UNKNOWN}
            value={unknownClasses}
            options={unknown}
            onChange={setUnknownClasses}
            help="Private SOP classes of vendors. They are kept as they come; not all can be shown."
          />
        )}
      </div>
    </>
  )
}
