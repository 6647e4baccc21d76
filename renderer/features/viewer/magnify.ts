import { create } from 'zustand'
import type { Tile } from '../../viewer/tile.ts'
import type { Point } from './hitTest.ts'

/** Where the magnifying glass is held, while it is. */
export const useGlass = create<{ tile: Tile | undefined; at: Point }>(() => ({ tile: undefined, at: [0, 0] }))

export function magnify(tile: Tile, at: Point | undefined): void {
  useGlass.setState(at ? { tile, at } : { tile: undefined })
}
