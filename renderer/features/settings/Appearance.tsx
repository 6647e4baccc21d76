import type { Settings } from '#shared/contract/settings.ts'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import css from './SettingsPage.module.css'
import { save } from './saveSettings.ts'

const themes = [
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
  { value: 'high-contrast', label: 'High contrast' },
  { value: 'system', label: 'As the system' },
] as const

const densities = [
  { value: 'compact', label: 'Compact' },
  { value: 'normal', label: 'Normal' },
  { value: 'roomy', label: 'Roomy' },
] as const

export function Appearance({ settings }: { settings: Settings }) {
  return (
    <div className={css.grid}>
      <div>
        <div className={css.label}>Theme</div>
        <SegmentedControl
          label="Theme"
          value={settings.theme}
          options={themes}
          onChange={(theme) => void save({ theme })}
        />
      </div>
      <div>
        <div className={css.label}>Rows of lists</div>
        <SegmentedControl
          label="Rows of lists"
          value={settings.density}
          options={densities}
          onChange={(density) => void save({ density })}
        />
      </div>
    </div>
  )
}
