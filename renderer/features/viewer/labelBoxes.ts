import type { Tile } from '../../viewer/tile.ts'
import type { LabelBox } from './labels.ts'

const boxes = new WeakMap<Tile, readonly LabelBox[]>()

/** Where the words of measurements stand in a tile now: they can be taken and moved. */
export function labelBoxesOf(tile: Tile): readonly LabelBox[] {
  return boxes.get(tile) ?? []
}

export function setLabelBoxes(tile: Tile, shown: readonly LabelBox[]): void {
  boxes.set(tile, shown)
}
