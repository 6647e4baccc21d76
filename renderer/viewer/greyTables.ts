import { type GreyMapping, greyTable } from '#shared/imaging/windowLut.ts'

interface Kept {
  table: Uint32Array
  first: number
  mapping: GreyMapping
}

const MOST = 8

/** The last ones, a quarter of a megabyte each: tiles and studies mostly have the same window. */
const tables: Kept[] = []

/** As `greyTable`, made once for each mapping. */
export function keptGreyTable(first: number, length: number, mapping: GreyMapping): Uint32Array {
  const at = tables.findIndex(
    (kept) => kept.first === first && kept.table.length === length && sameMapping(kept.mapping, mapping),
  )
  const [kept = { table: greyTable(first, length, mapping), first, mapping }] = at < 0 ? [] : tables.splice(at, 1)
  tables.unshift(kept)
  tables.length = Math.min(tables.length, MOST)
  return kept.table
}

export function sameMapping(a: GreyMapping, b: GreyMapping): boolean {
  return (
    a.center === b.center &&
    a.width === b.width &&
    a.shape === b.shape &&
    a.inverted === b.inverted &&
    a.colours === b.colours &&
    a.slope === b.slope &&
    a.intercept === b.intercept &&
    a.curve === b.curve &&
    a.padding?.min === b.padding?.min &&
    a.padding?.max === b.padding?.max
  )
}
