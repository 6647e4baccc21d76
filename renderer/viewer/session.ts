import { create } from 'zustand'
import type { MeasurementKind } from '#shared/imaging/measuredValue.ts'
import { forgetStudies } from './forgetStudies.ts'
import { type BroughtFrame, FrameStore, type WantedFrame } from './frameStore.ts'
import { streamFrames } from './frameStream.ts'
import { memoryBudget } from './memoryBudget.ts'
import { Tile, type TileSource } from './tile.ts'

export type Tool = 'window' | 'pan' | 'zoom' | 'scroll' | 'magnifier' | 'crosshair' | MeasurementKind

export interface Layout {
  rows: number
  columns: number
}

const MAX_ROWS = 4
const MAX_COLUMNS = 4

export const frames = new FrameStore(streamFrames, memoryBudget())

/** A frame that comes by another way, before anybody opens it. */
export function bringAhead(coming: Promise<BroughtFrame | undefined>): void {
  frames.bring('ahead', coming)
}

/** Loads these before anybody opens them. */
export function loadAhead(wanted: readonly WantedFrame[]): void {
  frames.want('ahead', wanted)
}

/** All tiles there can be. Those beyond the layout keep their stack, so that a smaller layout loses nothing. */
export const tiles: readonly Tile[] = Array.from({ length: MAX_ROWS * MAX_COLUMNS }, () => new Tile(frames))

interface Session {
  /** What is open, in the order of the tabs of the rail. */
  studyIds: readonly number[]
  layout: Layout
  active: number
  tool: Tool
  /** The tile that fills the light box for a moment. */
  maximised: number | undefined
  link: 'position' | 'offset' | 'off'
  /** Window, zoom and place of one are those of all like it. */
  viewsLinked: boolean
  referenceLines: boolean
  /** What stands over the pictures in their corners: whoever wants to see what lies under it puts it away. */
  textsShown: boolean
  /** The hanging protocol that chose the layout; '' where a person did. */
  hungBy: string
  /** Rail and panel: `\` hides both, F11 the bar too. */
  railShown: boolean
  panelShown: boolean
  barShown: boolean
}

/** What a person has on the light box. Lives as long as the page, also while another page is shown. */
export const useSession = create<Session>(() => ({
  studyIds: [],
  layout: { rows: 1, columns: 1 },
  active: 0,
  tool: 'window',
  maximised: undefined,
  link: 'position',
  viewsLinked: false,
  referenceLines: true,
  textsShown: true,
  hungBy: '',
  railShown: true,
  panelShown: true,
  barShown: true,
}))

export function activeTile(): Tile {
  return tileAt(useSession.getState().active)
}

export function tileAt(position: number): Tile {
  const tile = tiles[position]
  if (!tile) throw new RangeError(`there is no tile ${position}`)
  return tile
}

export function activate(position: number): void {
  useSession.setState({ active: position })
}

export function setLayout(layout: Layout): void {
  const { active } = useSession.getState()
  useSession.setState({ maximised: undefined, layout, active: Math.min(active, layout.rows * layout.columns - 1) })
}

/** One tile alone, and back again. */
export function toggleMaximised(position: number): void {
  const { maximised, layout } = useSession.getState()
  if (layout.rows * layout.columns < 2) return
  useSession.setState({ maximised: maximised === undefined ? position : undefined, active: position })
}

export function setTool(tool: Tool): void {
  useSession.setState({ tool })
}

const openings = new Set<() => void>()

/** Told before the light box is cleared. */
export function onOpening(listener: () => void): void {
  openings.add(listener)
}

/** Other studies on the light box: every tile is taken down first. */
export function openStudies(studyIds: readonly number[]): void {
  for (const listener of openings) listener()
  for (const tile of tiles) tile.close()
  // What is opened again is still here; of studies that are closed nothing stays.
  const { studyIds: before } = useSession.getState()
  if (!before.some((studyId) => studyIds.includes(studyId))) {
    frames.release()
    forgetStudies()
  }
  useSession.setState({
    studyIds,
    hungBy: '',
    maximised: undefined,
    active: 0,
    layout: { rows: 1, columns: Math.min(MAX_COLUMNS, Math.max(1, studyIds.length)) },
  })
}

/** Shows a stack in a tile and makes that the active one. */
export function showIn(position: number, source: TileSource, index = 0): void {
  tileAt(position).open(source, index)
  activate(position)
}
