import { valueUnit } from '#shared/imaging/valueUnit.ts'
import { windowPresets } from '#shared/imaging/windowPresets.ts'
import { useViewerPreferences } from '../../api/workstation.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { activeTile } from '../../viewer/session.ts'
import { colourMapEntries } from './colourMapEntries.ts'
import { keyOf } from './habits/keyOf.ts'
import { mouseHelp } from './habits/mouseHelp.ts'
import { showHabits } from './habits/shownHabits.ts'
import { stopOrLeave, viewerCommands } from './viewerCommands.ts'

/** `showNeighbour` opens the next or previous series in the active tile. */
export function useViewerShortcuts(showNeighbour: (by: 1 | -1) => void): void {
  const mouse = useViewerPreferences()?.pointer
  useShortcuts('Viewer', [
    ...viewerCommands(showNeighbour).map(({ command, label, keys, run }) => ({
      ...{ label, run },
      keys: keyOf(command, keys) ?? '',
    })),
    { keys: 'Escape', label: 'Stop drawing, else back to studies', run: stopOrLeave },
    // For the palette only.
    ...colourMapEntries.map(({ colourMap, label }) => ({
      ...{ keys: '', label: `Colours: ${label}` },
      run: () => activeTile().setColourMap(colourMap),
    })),
    ...windowPresets('CT', 'HU').map(({ name, center, width }) => ({
      ...{ keys: '', label: `Window: ${name}` },
      run: () => {
        const image = activeTile().current?.image
        // In absolute numbers it means something in CT alone.
        if (image && windowPresets(image.modality, valueUnit(image)).length > 0)
          activeTile().setWindow({ center, width })
      },
    })),
    { keys: '', label: 'Keys and mouse of the viewer', run: () => showHabits(true) },
  ])
  useShortcuts('Mouse in the viewer', mouseHelp(mouse))
}
