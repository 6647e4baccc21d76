import type { StackFrame } from '#shared/imaging/displaySets.ts'
import { frameOf } from '#shared/imaging/frameOf.ts'
import { depthAlong, facesSame, isParallel, normalOf, type Placed, placed } from './planes.ts'
import { tiles, useSession } from './session.ts'
import type { Tile } from './tile.ts'

/** Where each tile stood when a person linked them. */
let anchors = new Map<Tile, StackFrame>()
let following = false

/** From now on, scrolling the active tile takes the others along as the link says. */
export function linkScrolling(): void {
  for (const tile of tiles) {
    let index = tile.state.index
    tile.store.subscribe((state) => {
      if (state.index === index) return
      index = state.index
      if (!following && tiles[useSession.getState().active] === tile && !state.playing) takeAlong(tile)
    })
  }
}

export type Link = 'position' | 'offset' | 'off'

export function setLink(link: Link): void {
  anchors = new Map(tiles.flatMap((tile) => (tile.current ? [[tile, tile.current]] : [])))
  useSession.setState({ link })
}

function takeAlong(leader: Tile): void {
  const { link, layout } = useSession.getState()
  const { current } = leader
  if (link === 'off' || !current) return
  following = true
  try {
    for (const tile of tiles.slice(0, layout.rows * layout.columns)) {
      if (tile === leader || tile.state.stack.length < 2) continue
      const index = link === 'position' ? sameDepth(tile, placed(current)) : sameStep(tile, leader)
      if (index !== undefined) tile.goTo(index)
    }
  } finally {
    following = false
  }
}

/** Stacks of this window go to where another window stands. */
export function followPlace(there: Placed): void {
  const { link, layout } = useSession.getState()
  if (link !== 'position') return
  following = true
  try {
    for (const tile of tiles.slice(0, layout.rows * layout.columns)) {
      const index = tile.state.stack.length < 2 || tile.state.playing ? undefined : sameDepth(tile, there)
      if (index !== undefined) tile.goTo(index)
    }
  } finally {
    following = false
  }
}

/** While the stacks follow, they are nobody's leader. */
export const isFollowing = () => following

/** The image nearest to where the leader's lies, of a stack in the same frame of reference and direction. */
function sameDepth(tile: Tile, there: Placed | undefined): number | undefined {
  const here = tile.current && placed(tile.current)
  if (!there || !here || there.frameOfReferenceUID !== here.frameOfReferenceUID) return undefined
  if (!isParallel(there.plane, here.plane)) return undefined
  return nearest(tile.state.stack, here.plane, depthAlong(normalOf(here.plane), there.plane))
}

/** As far from where it stood as the leader is: in millimetres where both say where they lie, else in images. */
function sameStep(tile: Tile, leader: Tile): number | undefined {
  const [ownStart, start, now] = [anchors.get(tile), anchors.get(leader), leader.current]
  if (!ownStart || !start || !now) return undefined
  const { stack } = tile.state
  const from = stack.findIndex(
    ({ instanceId, frame }) => instanceId === ownStart.instanceId && frame === ownStart.frame,
  )
  const led = leader.state.stack.findIndex(
    ({ instanceId, frame }) => instanceId === start.instanceId && frame === start.frame,
  )
  if (from < 0 || led < 0) return undefined
  const [own, begin, end] = [ownStart, start, now].map(({ image, frame }) => frameOf(image, frame).plane)
  if (!own || !begin || !end) return from + leader.state.index - led
  const moved = depthAlong(normalOf(begin), end) - depthAlong(normalOf(begin), begin)
  // Two stacks of one direction may count the other way round.
  const sign = isParallel(own, begin) && !facesSame(own, begin) ? -1 : 1
  return nearest(stack, own, depthAlong(normalOf(own), own) + sign * moved)
}

function nearest(stack: readonly StackFrame[], plane: Parameters<typeof normalOf>[0], depth: number): number {
  const normal = normalOf(plane)
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (const [index, { image, frame }] of stack.entries()) {
    const own = frameOf(image, frame).plane
    const distance = own ? Math.abs(depthAlong(normal, own) - depth) : Number.POSITIVE_INFINITY
    if (distance < least) {
      least = distance
      best = index
    }
  }
  return best
}
