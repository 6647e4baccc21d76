import type { Point } from './hitTest.ts'

const LINE_PX = 15
/** Inter at 12 px; wide enough for figures and units. */
const CHARACTER_PX = 6.6

/** Where the first baseline of each label goes: where it is wanted, or below the labels that are there already. */
export function placeLabels(labels: readonly { at: Point; lines: readonly string[] }[]): Point[] {
  const taken: { left: number; right: number; top: number; bottom: number }[] = []
  return labels.map(({ at: [x, wanted], lines }) => {
    const width = Math.max(0, ...lines.map((line) => line.length)) * CHARACTER_PX
    const height = lines.length * LINE_PX
    const boxAt = (y: number) => ({ left: x, right: x + width, top: y - 12, bottom: y - 12 + height })
    let box = boxAt(wanted)
    for (let tries = 0; tries <= taken.length; tries++) {
      const hit = taken.find(
        ({ left, right, top, bottom }) => left < box.right && box.left < right && top < box.bottom && box.top < bottom,
      )
      if (!hit) break
      box = boxAt(hit.bottom + 12)
    }
    taken.push(box)
    return [x, box.top + 12]
  })
}
