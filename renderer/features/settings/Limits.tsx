import { useState } from 'react'
import type { SettingsView } from '#shared/contract/settings.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import css from './SettingsPage.module.css'
import { save } from './saveSettings.ts'

type LimitName = 'maxAssociations' | 'maxPduLength' | 'dimseTimeoutSeconds'

/** R055, R056, R122 to R124: the contract's bounds, in words. */
const limits: Record<LimitName, { label: string; unit: string; min: number; max: number; help: string }> = {
  maxAssociations: {
    label: 'Connections at the same time',
    unit: '',
    min: 1,
    max: 1000,
    help: 'The next device is asked to try again later.',
  },
  maxPduLength: {
    label: 'Largest PDU',
    unit: 'bytes',
    min: 4096,
    max: 1_048_576,
    help: '131072 is fast; 16384 suits very old devices.',
  },
  dimseTimeoutSeconds: {
    label: 'Wait for an answer',
    unit: 'seconds',
    min: 1,
    max: 3600,
    help: 'A server that says nothing for so long counts as gone.',
  },
}

export function Limits({ view }: { view: SettingsView }) {
  return (
    <div className={css.grid}>
      {(Object.keys(limits) as LimitName[]).map((name) => (
        <Limit key={name} name={name} value={view.settings[name]} />
      ))}
    </div>
  )
}

function Limit({ name, value }: { name: LimitName; value: number }) {
  const { label, unit, min, max, help } = limits[name]
  const [typed, setTyped] = useState<number | undefined>(value)
  const isRight = typed !== undefined && typed >= min && typed <= max
  return (
    <NumberField
      label={label}
      unit={unit}
      value={typed}
      onChange={setTyped}
      onBlur={() => isRight && typed !== value && void save({ [name]: typed })}
      error={isRight ? undefined : `From ${min.toLocaleString('en')} to ${max.toLocaleString('en')}.`}
      help={help}
    />
  )
}
