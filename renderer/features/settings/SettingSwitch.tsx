import type { ReactNode } from 'react'
import type { Settings, SettingsView } from '#shared/contract/settings.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { FixedValue } from './FixedValue.tsx'
import { useWanted } from './useWanted.ts'

/** The settings that are on or off. */
export type SwitchName = {
  [Key in keyof Settings]: Settings[Key] extends boolean ? Key : never
}[keyof Settings]

export interface SettingSwitchProps {
  view: SettingsView
  name: SwitchName
  label: string
  help?: ReactNode
}

/** Acts at once. Given on the command line it is shown with a lock. */
export function SettingSwitch({ view, name, label, help }: SettingSwitchProps) {
  const [isOn, setOn] = useWanted(name, view.settings[name])
  if (view.fixed.includes(name)) return <FixedValue label={label} value={isOn ? 'On' : 'Off'} />
  return <Checkbox label={label} checked={isOn} onChange={setOn} help={help} />
}
