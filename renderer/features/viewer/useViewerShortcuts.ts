import { useNavigation } from '../../app/navigation.ts'
import { type Shortcut, useShortcuts } from '../../app/shortcuts.ts'
import { toggleFullScreen } from '../../viewer/fullScreen.ts'
import { setLink } from '../../viewer/linkedScroll.ts'
import { activeTile, setTool, useSession } from '../../viewer/session.ts'
import { deleteSelected } from './deleteWithUndo.ts'
import { cancel, isDrawing } from './drawing.ts'
import { toggleMpr } from './mpr/toggleMpr.ts'
import { presetsOf } from './presets.ts'
import { showTags } from './shownTags.ts'
import { everyTool } from './toolEntries.ts'
import { viewActions } from './viewActions.ts'

/** `showNeighbour` opens the next or previous series in the active tile. */
export function useViewerShortcuts(showNeighbour: (by: 1 | -1) => void): void {
  const tools = everyTool.map(
    ({ tool, label, keyHint }): Shortcut => ({ keys: keyHint, label, run: () => setTool(tool) }),
  )
  const presets = Array.from(
    { length: 9 },
    (_, index): Shortcut => ({
      keys: String(index + 1),
      ...(index === 0 ? { label: 'Window preset 1, and so on to 9' } : {}),
      run: () => {
        const preset = presetsOf(activeTile())[index]
        if (preset) activeTile().setWindow(preset.window)
      },
    }),
  )
  const scroll = (keys: string, by: number, label?: string): Shortcut => ({
    keys,
    ...(label ? { label } : {}),
    run: () => {
      cancel()
      activeTile().scroll(by)
    },
  })
  useShortcuts('Viewer', [
    ...tools,
    ...presets,
    ...viewActions.map(({ label, keyHint, run }): Shortcut => ({ keys: keyHint, label, run: () => run(activeTile()) })),
    {
      keys: 'K',
      label: 'Scroll together by place, or each by itself',
      run: () => setLink(useSession.getState().link === 'off' ? 'position' : 'off'),
    },
    { keys: 'Shift K', label: 'Scroll together as the tiles stand now', run: () => setLink('offset') },
    { keys: 'X', label: 'Reference lines', run: toggleLines },
    { keys: 'Y', label: 'Planes of the volume (MPR), and back', run: toggleMpr },
    { keys: 'Shift I', label: 'Every tag of this image', run: showTagsOfActive },
    scroll('Up', -1, 'Previous image'),
    scroll('Down', 1, 'Next image'),
    scroll('PageUp', -10, '10 images back'),
    scroll('PageDown', 10, '10 images on'),
    scroll('Home', Number.NEGATIVE_INFINITY, 'First image'),
    scroll('End', Number.POSITIVE_INFINITY, 'Last image'),
    { keys: 'Left', label: 'Previous series', run: () => showNeighbour(-1) },
    { keys: 'Right', label: 'Next series', run: () => showNeighbour(1) },
    { keys: 'Space', label: 'Play or pause', run: () => activeTile().cine.toggle() },
    { keys: 'Delete', label: 'Delete the chosen measurement', run: deleteSelected },
    { keys: 'Backspace', run: deleteSelected },
    { keys: '\\', label: 'Hide or show both sides', run: toggleSides },
    { keys: 'F11', label: 'Full screen, without the bar', run: toggleFullScreen },
    { keys: 'Escape', label: 'Stop drawing, else back to studies', run: stopOrLeave },
  ])
}

function showTagsOfActive(): void {
  const { current } = activeTile()
  showTags(current?.image.reformat?.sourceInstanceId ?? current?.instanceId)
}

function toggleLines(): void {
  useSession.setState(({ referenceLines }) => ({ referenceLines: !referenceLines }))
}

function toggleSides(): void {
  const { railShown, panelShown } = useSession.getState()
  const shown = !(railShown || panelShown)
  useSession.setState({ railShown: shown, panelShown: shown })
}

function stopOrLeave(): void {
  if (isDrawing(activeTile())) cancel()
  else if (!useSession.getState().barShown) toggleFullScreen()
  else useNavigation.getState().go('studies')
}
