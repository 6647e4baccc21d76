import { useState } from 'react'
import type { SettingsView } from '#shared/contract/settings.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { FixedValue } from './FixedValue.tsx'
import { type LimitName, limits } from './limits.ts'
import css from './SettingsPage.module.css'
import { save } from './saveSettings.ts'

export function Limits({ view, names }: { view: SettingsView; names: readonly LimitName[] }) {
  return (
    <div className={css.grid}>
      {names.map((name) =>
        view.fixed.includes(name) ? (
          <FixedValue key={name} label={limits[name].label} value={`${view.settings[name]} ${limits[name].unit}`} />
        ) : (
          // A new value from elsewhere begins anew; what was typed and not right would hide it.
          <Limit key={`${name} ${view.settings[name]}`} name={name} value={view.settings[name]} />
        ),
      )}
    </div>
  )
}

function Limit({ name, value }: { name: LimitName; value: number }) {
  const { label, unit, min, max, help } = limits[name]
  const [typed, setTyped] = useState<number | undefined>(value)
  const isRight = typed !== undefined && typed >= min && typed <= max
  const apply = async () => {
    if (!isRight || typed === value) return
    if (!(await save({ [name]: typed }))) setTyped(value)
  }
  return (
    <NumberField
      label={label}
      unit={unit}
      value={typed}
      onChange={setTyped}
      onBlur={() => void apply()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void apply()
        if (event.key === 'Escape') setTyped(value)
      }}
      error={isRight ? undefined : `From ${min.toLocaleString('en')} to ${max.toLocaleString('en')}.`}
      help={help}
    />
  )
}
