import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { number } from '#shared/imaging/measurementText.ts'
import { useViewerPreferences } from '../../../api/workstation.ts'
import { Menu } from '../../../ui/Menu.tsx'
import { tileAt, useSession } from '../../../viewer/session.ts'
import { uptakeOf, useUptake } from '../../../viewer/uptake.ts'
import { colourMapEntries } from '../colourMapEntries.ts'
import { useTile } from '../useTile.ts'
import css from '../ViewerBar.module.css'
import { OwnWindowDialog } from './OwnWindowDialog.tsx'
import { presetsOf } from './presetsOf.ts'
import { uptakeItems } from './uptakeItems.ts'
import { useOwnItems } from './useOwnItems.ts'

export function PresetsMenu() {
  const active = useSession((state) => state.active)
  const tile = tileAt(active)
  const chosen = useTile(tile, (state) => state.windowChosen)
  useTile(tile, (state) => state.status)
  const colours = useTile(tile, (state) => state.colourMap)
  const image = useTile(tile, ({ stack, index }) => stack[index]?.image)
  useUptake()
  const presets = presetsOf(tile)
  const [asking, setAsking] = useState(false)
  useViewerPreferences()
  const own = useOwnItems(image)
  return (
    <>
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
            label: index < 9 ? `${index + 1}  ${name}` : name,
            note: image && uptakeOf(image) ? undefined : `W ${number(window.width)} L ${number(window.center)}`,
            onSelect: () => tile.setWindow(window),
          })),
          ...(image && image.samples.type !== 'rgb8'
            ? [{ label: 'Other width and level …', onSelect: () => setAsking(true) }]
            : []),
          ...own,
          ...uptakeItems(image),
          'separator',
          { heading: 'Colours' },
          ...colourMapEntries.map(({ colourMap, label }) => ({
            label,
            checked: colourMap === colours,
            onSelect: () => tile.setColourMap(colourMap),
          })),
        ]}
      />
      {asking && <OwnWindowDialog tile={tile} onClose={() => setAsking(false)} />}
    </>
  )
}
