import {
  CaretsToAxisDashedHorizontal,
  CaretsToAxisDashedVertical,
  type LucideIcon,
  RotateCw,
  Shapes,
  Undo2,
} from 'lucide-react'
import { flipped, flippedAcross, rotated } from '../../viewer/camera.ts'
import type { Tile } from '../../viewer/tile.ts'
import { InvertIcon } from './toolEntries.ts'

export interface ViewAction {
  /** Names it in the settings. */
  command: string
  label: string
  keyHint: string
  icon: LucideIcon
  run(tile: Tile): void
}

/** How the picture lies and looks: for the bar, its menu and the keys. */
export const viewActions: readonly ViewAction[] = [
  {
    command: 'flip',
    label: 'Flip left and right',
    keyHint: 'H',
    icon: CaretsToAxisDashedVertical,
    run: (tile) => tile.setCamera(flipped(tile.state.camera)),
  },
  {
    command: 'flipAcross',
    label: 'Flip top and bottom',
    keyHint: 'Shift H',
    icon: CaretsToAxisDashedHorizontal,
    run: (tile) => tile.setCamera(flippedAcross(tile.state.camera)),
  },
  {
    command: 'rotate',
    label: 'Rotate right',
    keyHint: 'R',
    icon: RotateCw,
    run: (tile) => tile.setCamera(rotated(tile.state.camera)),
  },
  { command: 'invert', label: 'Invert', keyHint: 'I', icon: InvertIcon, run: (tile) => tile.invert() },
  {
    command: 'graphics',
    label: 'Overlay and shutter of the file',
    keyHint: 'O',
    icon: Shapes,
    run: (tile) => tile.toggleGraphics(),
  },
  { command: 'reset', label: 'Reset', keyHint: '0', icon: Undo2, run: (tile) => tile.reset() },
]
