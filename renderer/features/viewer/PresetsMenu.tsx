import { ChevronDown } from 'lucide-react'
import { number } from '#shared/imaging/measurementText.ts'
import { Menu } from '../../ui/Menu.tsx'
import { tileAt, useSession } from '../../viewer/session.ts'
import { colourMapEntries } from './colourMapEntries.ts'
import { presetsOf } from './presets.ts'
import { useTile } from './useTile.ts'
import css from './ViewerBar.module.css'

export function PresetsMenu() {
  const active = useSession((state) => state.active)
  const tile = tileAt(active)
  const chosen = useTile(tile, (state) => state.windowChosen)
  useTile(tile, (state) => state.status)
  const colours = useTile(tile, (state) => state.colourMap)
  const presets = presetsOf(tile)
  return (
    <Menu
      minWidth={220}
      trigger={
        <button type="button" className={css.drop} aria-label="Window presets" disabled={presets.length === 0}>
          <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
        </button>
      }
      items={[
        { label: 'As in the file', note: chosen ? undefined : 'now', onSelect: () => tile.setWindow(undefined) },
        'separator',
        ...presets.map(({ name, window }, index) => ({
          label: `${index + 1}  ${name}`,
          note: `W ${number(window.width)} L ${number(window.center)}`,
          onSelect: () => tile.setWindow(window),
        })),
        'separator',
        { heading: 'Colours' },
        ...colourMapEntries.map(({ colourMap, label }) => ({
          label,
          checked: colourMap === colours,
          onSelect: () => tile.setColourMap(colourMap),
        })),
      ]}
    />
  )
}
