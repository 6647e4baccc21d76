import type { Point } from './hitTest.ts'

const LINE_PX = 15
/** Inter at 12 px in its weight for values, and at 11 px for what stands below; wide enough for figures and units. */
const VALUE_PX = 6.9
const DETAIL_PX = 5.7
const ASCENT_PX = 12

export interface LabelBox {
  id: string
  left: number
  right: number
  top: number
  bottom: number
}

export interface WantedLabel {
  id: string
  at: Point
  lines: readonly string[]
  /** Where a person put it, whatever lies there. */
  fixed?: boolean
}

/** Words over pictures grow where the window is wide: who has so large a screen sits further away. */
export const labelScale = (windowWidth: number) => (windowWidth >= 2000 ? 7 / 6 : 1)
export const lineOf = (scale: number) => LINE_PX * scale

/** Words keep this far from the edges of their tile. */
const EDGE_PX = 4
const BELOW_PX = 20

/**
 * Where each label goes: where it is wanted, within the tile, or below the labels that are there already. Nothing where it
 * has no words.
 */
export function placeLabels(
  labels: readonly WantedLabel[],
  tile?: { width: number; height: number } | undefined,
  scale = 1,
): LabelBox[] {
  const taken: LabelBox[] = []
  const boxOf = ({ id, at: [x, y], lines }: WantedLabel, baseline = y): LabelBox => {
    const width = Math.max(0, ...lines.map((line, row) => line.length * (row === 0 ? VALUE_PX : DETAIL_PX))) * scale
    const top = baseline - ASCENT_PX * scale
    return { id, left: x, right: x + width, top, bottom: top + lines.length * lineOf(scale) }
  }
  const byId = new Map<string, LabelBox>()
  for (const label of labels.filter(({ fixed }) => fixed)) {
    const box = boxOf(label)
    taken.push(box)
    byId.set(label.id, box)
  }
  for (const label of labels) {
    if (label.fixed || label.lines.length === 0) continue
    let box = within(boxOf(label), tile)
    for (let tries = 0; tries <= taken.length; tries++) {
      const hit = taken.find(
        ({ left, right, top, bottom }) => left < box.right && box.left < right && top < box.bottom && box.top < bottom,
      )
      if (!hit) break
      const height = box.bottom - box.top
      box = { ...box, top: hit.bottom, bottom: hit.bottom + height }
    }
    taken.push(box)
    byId.set(label.id, box)
  }
  return labels.flatMap(({ id }) => byId.get(id) ?? [])
}

/** Of what is seen, no word is cut off: it goes below its point, or above the edge. */
function within(box: LabelBox, tile: { width: number; height: number } | undefined): LabelBox {
  if (!tile || box.left < 0 || box.left > tile.width || box.top < -BELOW_PX || box.top > tile.height) return box
  const [across, down] = [box.right - box.left, box.bottom - box.top]
  const isWide = box.right > tile.width - EDGE_PX
  const left = isWide ? Math.max(EDGE_PX, tile.width - EDGE_PX - across) : box.left
  const wanted = isWide ? box.top + BELOW_PX : box.top
  const top = Math.max(EDGE_PX, Math.min(wanted, tile.height - EDGE_PX - down))
  return { ...box, left, right: left + across, top, bottom: top + down }
}

/** First baseline of a label. */
export const baselineOf = ({ top }: LabelBox, scale = 1) => top + ASCENT_PX * scale
