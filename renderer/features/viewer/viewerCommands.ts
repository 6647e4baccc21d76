import { useNavigation } from '../../app/navigation.ts'
import { zoomed } from '../../viewer/camera.ts'
import { toggleFullScreen } from '../../viewer/fullScreen.ts'
import { setLink } from '../../viewer/linkedScroll.ts'
import { straighten, turnLines } from '../../viewer/mpr/turn.ts'
import { activeTile, setTool, useSession } from '../../viewer/session.ts'
import { deleteSelected } from './deleteWithUndo.ts'
import { cancel, isDrawing, stepBack } from './drawing.ts'
import { strengthen, toggleFusion } from './fusion/toggleFusion.ts'
import { toggleMpr } from './mpr/toggleMpr.ts'
import { copyPicture, savePicture } from './picture/takePicture.ts'
import { presetsOf } from './presets/presetsOf.ts'
import { showRadialOver } from './radial/shownRadial.ts'
import { toggleRendering } from './rendering/toggleRendering.ts'
import { toggleKeyImage } from './reports/toggleKeyImage.ts'
import { showTags } from './shownTags.ts'
import { everyTool } from './toolEntries.ts'
import { viewActions } from './viewActions.ts'
import { openAnother } from './windows/openAnother.ts'

/** Something that a key, the palette or a button does. */
export interface ViewerCommand {
  /** Names it in the settings: never changed. */
  command: string
  label: string
  /** Its usual key; '' where it has none. */
  keys: string
  run(): void
}

/** Everything that the viewer can be told, with its usual keys. */
export function viewerCommands(showNeighbour: (by: 1 | -1) => void): ViewerCommand[] {
  const scroll = (command: string, keys: string, by: number, label: string): ViewerCommand => ({
    ...{ command, keys, label },
    run: () => {
      cancel()
      activeTile().scroll(by)
    },
  })
  const presets = Array.from(
    { length: 9 },
    (_, index): ViewerCommand => ({
      ...{ command: `preset${index + 1}`, keys: String(index + 1), label: `Window preset ${index + 1}` },
      run: () => {
        const preset = presetsOf(activeTile())[index]
        if (preset) activeTile().setWindow(preset.window)
      },
    }),
  )
  return [
    ...everyTool.map(({ tool, label, keyHint }) => ({ command: tool, keys: keyHint, label, run: () => setTool(tool) })),
    ...presets,
    ...viewActions.map(({ command, label, keyHint, run }) => ({
      command,
      keys: keyHint,
      label,
      run: () => run(activeTile()),
    })),
    { command: 'link', keys: 'K', label: 'Scroll together by place, or each by itself', run: toggleLink },
    {
      command: 'linkOffset',
      keys: 'Shift K',
      label: 'Scroll together as the tiles stand now',
      run: () => setLink('offset'),
    },
    {
      ...{ command: 'linkViews', keys: 'Shift X', label: 'Window, zoom and pan together, or each by itself' },
      run: toggleLinkedViews,
    },
    { command: 'lines', keys: 'X', label: 'Reference lines', run: toggleLines },
    { command: 'texts', keys: 'Shift O', label: 'Text over the images, or none', run: toggleTexts },
    {
      command: 'actualSize',
      keys: 'Shift Z',
      label: 'One pixel of the image on one of the screen',
      run: showActualSize,
    },
    { command: 'copyPicture', keys: 'Shift C', label: 'Copy this picture', run: () => void copyPicture(activeTile()) },
    {
      command: 'savePicture',
      keys: 'Shift S',
      label: 'Save this picture as PNG',
      run: () => void savePicture(activeTile()),
    },
    { command: 'keyImage', keys: 'M', label: 'Key image, or no longer', run: () => toggleKeyImage(activeTile()) },
    { command: 'planes', keys: 'Y', label: 'Planes of the volume (MPR), and back', run: toggleMpr },
    {
      ...{ command: 'rendering', keys: 'Shift Y', label: 'Volume in three dimensions (3D), and back' },
      run: toggleRendering,
    },
    { command: 'fusion', keys: 'Shift F', label: 'PET over CT (fusion), and off', run: toggleFusion },
    { command: 'fusionMore', keys: ']', label: 'More of the PET over the CT', run: () => strengthen(1) },
    { command: 'fusionLess', keys: '[', label: 'Less of the PET over the CT', run: () => strengthen(-1) },
    turnCommand('turnBack', 'Shift Left', -1, 'Turn the lines of the planes back by 1°'),
    turnCommand('turnOn', 'Shift Right', 1, 'Turn the lines of the planes on by 1°'),
    turnCommand('turnBack15', 'Shift Up', -15, 'Turn the lines of the planes back by 15°'),
    turnCommand('turnOn15', 'Shift Down', 15, 'Turn the lines of the planes on by 15°'),
    { command: 'straighten', keys: 'Shift R', label: 'Planes straight again', run: straighten },
    { command: 'tags', keys: 'Shift I', label: 'Every tag of this image', run: showTagsOfActive },
    scroll('previous', 'Up', -1, 'Previous image'),
    scroll('next', 'Down', 1, 'Next image'),
    scroll('back10', 'PageUp', -10, '10 images back'),
    scroll('on10', 'PageDown', 10, '10 images on'),
    scroll('first', 'Home', Number.NEGATIVE_INFINITY, 'First image'),
    scroll('last', 'End', Number.POSITIVE_INFINITY, 'Last image'),
    { command: 'previousSeries', keys: 'Left', label: 'Previous series', run: () => showNeighbour(-1) },
    { command: 'nextSeries', keys: 'Right', label: 'Next series', run: () => showNeighbour(1) },
    { command: 'cine', keys: 'Space', label: 'Play or pause', run: () => activeTile().cine.toggle() },
    { command: 'delete', keys: 'Delete', label: 'Delete the chosen measurement', run: deleteSelected },
    {
      command: 'stepBack',
      keys: 'Backspace',
      label: 'Take the last landmark back',
      run: () => void (stepBack() || deleteSelected()),
    },
    { command: 'menu', keys: 'Shift F10', label: 'Tools around the pointer', run: showRadialOfActive },
    { command: 'window', keys: 'Shift W', label: 'This series in another window', run: () => openAnother('series') },
    { command: 'windowStudy', keys: '', label: 'This study in another window', run: () => openAnother('study') },
    { command: 'windowLayout', keys: '', label: 'This layout in another window', run: () => openAnother('layout') },
    { command: 'sides', keys: '\\', label: 'Hide or show both sides', run: toggleSides },
    { command: 'fullScreen', keys: 'F11', label: 'Full screen, without the bar', run: toggleFullScreen },
  ]
}

function turnCommand(command: string, keys: string, degrees: number, label: string): ViewerCommand {
  return { command, keys, label, run: () => void turnLines(activeTile(), degrees) }
}

function showActualSize(): void {
  const tile = activeTile()
  const { camera, scale } = tile.state
  tile.setCamera(zoomed(camera, 1 / scale))
}

function showTagsOfActive(): void {
  const { current } = activeTile()
  showTags(current?.image.reformat?.sourceInstanceId ?? current?.instanceId)
}

function showRadialOfActive(): void {
  const root = activeTile().view?.element.closest('section')
  if (root) showRadialOver(root)
}

function toggleLink(): void {
  setLink(useSession.getState().link === 'off' ? 'position' : 'off')
}

export function toggleLinkedViews(): void {
  useSession.setState(({ viewsLinked }) => ({ viewsLinked: !viewsLinked }))
}

function toggleLines(): void {
  useSession.setState(({ referenceLines }) => ({ referenceLines: !referenceLines }))
}

export function toggleTexts(): void {
  useSession.setState(({ textsShown }) => ({ textsShown: !textsShown }))
}

function toggleSides(): void {
  const { railShown, panelShown } = useSession.getState()
  const shown = !(railShown || panelShown)
  useSession.setState({ railShown: shown, panelShown: shown })
}

/** What Esc does, always. */
export function stopOrLeave(): void {
  if (isDrawing(activeTile())) cancel()
  else if (!useSession.getState().barShown) toggleFullScreen()
  else useNavigation.getState().go('studies')
}
