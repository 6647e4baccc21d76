import { create } from 'zustand'
import type { ImagePoint } from '#shared/imaging/pointSpacing.ts'
import type { Tile } from '../../viewer/tile.ts'

/** The point of an image that the mouse or pen is over, while it is. */
export const usePointed = create<{ tile: Tile | undefined; point: ImagePoint }>(() => ({
  tile: undefined,
  point: [0, 0],
}))

export function pointAt(tile: Tile, point: ImagePoint | undefined): void {
  if (point) usePointed.setState({ tile, point })
  else if (usePointed.getState().tile === tile) usePointed.setState({ tile: undefined })
}
