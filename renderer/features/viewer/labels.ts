import type { Point } from './hitTest.ts'

const LINE_PX = 15
/** Inter at 12 px; wide enough for figures and units. */
const CHARACTER_PX = 6.6

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

/** Where each label goes: where it is wanted, or below the labels that are there already. Nothing where it has no words. */
export function placeLabels(labels: readonly WantedLabel[]): LabelBox[] {
  const taken: LabelBox[] = []
  const boxOf = ({ id, at: [x, y], lines }: WantedLabel, baseline = y): LabelBox => {
    const width = Math.max(0, ...lines.map((line) => line.length)) * CHARACTER_PX
    return { id, left: x, right: x + width, top: baseline - 12, bottom: baseline - 12 + lines.length * LINE_PX }
  }
  const byId = new Map<string, LabelBox>()
  for (const label of labels.filter(({ fixed }) => fixed)) {
    const box = boxOf(label)
    taken.push(box)
    byId.set(label.id, box)
  }
  for (const label of labels) {
    if (label.fixed || label.lines.length === 0) continue
    let box = boxOf(label)
    for (let tries = 0; tries <= taken.length; tries++) {
      const hit = taken.find(
        ({ left, right, top, bottom }) => left < box.right && box.left < right && top < box.bottom && box.top < bottom,
      )
      if (!hit) break
      box = boxOf(label, hit.bottom + 12)
    }
    taken.push(box)
    byId.set(label.id, box)
  }
  return labels.flatMap(({ id }) => byId.get(id) ?? [])
}

/** First baseline of a label. */
export const baselineOf = ({ top }: LabelBox) => top + 12
