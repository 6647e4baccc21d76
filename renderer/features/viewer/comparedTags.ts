import type { NamedTag } from './tagRows.ts'

/** A row of two instances side by side. */
export interface ComparedTag extends NamedTag {
  /** Of the other instance; undefined where it has no such element. */
  other: string | undefined
  /** Undefined where only the other one has it. */
  own: string | undefined
  differs: boolean
}

/** Names each element by its place: the tags above it, and which of equal ones it is. */
function placed(rows: readonly NamedTag[]): Map<string, NamedTag> {
  const above: string[] = []
  const seen = new Map<string, number>()
  const found = new Map<string, NamedTag>()
  for (const row of rows) {
    above.length = row.depth
    const base = [...above, row.tag].join('/')
    const count = seen.get(base) ?? 0
    seen.set(base, count + 1)
    const place = `${row.tag}#${count}`
    above[row.depth] = place
    found.set([...above].join('/'), row)
  }
  return found
}

/** Both instances in the order of the first; what only the other one has stands where it would. */
export function comparedTags(rows: readonly NamedTag[], others: readonly NamedTag[]): ComparedTag[] {
  const [own, other] = [placed(rows), placed(others)]
  const places = [...own.keys()]
  let at = 0
  for (const place of other.keys()) {
    const here = places.indexOf(place, at)
    if (own.has(place)) at = (here < 0 ? places.indexOf(place) : here) + 1
    else places.splice(at++, 0, place)
  }
  return places.flatMap((place): ComparedTag[] => {
    const [a, b] = [own.get(place), other.get(place)]
    const row = a ?? b
    return row ? [{ ...row, own: a?.value, other: b?.value, differs: a?.value !== b?.value }] : []
  })
}
