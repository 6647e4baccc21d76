import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { Tile, TileState } from '../../viewer/tile.ts'

export function useTile<Part>(tile: Tile, select: (state: TileState) => Part): Part {
  return useStore(tile.store, select)
}

/** For parts made of several values. */
export function useTileParts<Part extends object>(tile: Tile, select: (state: TileState) => Part): Part {
  return useStore(tile.store, useShallow(select))
}
