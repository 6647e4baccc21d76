import type { Column } from './column.ts'

export interface Fitted<Row> {
  columns: readonly Column<Row>[]
  /** What found no room, by id. */
  dropped: ReadonlySet<string>
}

/** A column as wide as a person made it, or shown because a person asked for it. */
export interface Kept {
  widths: Readonly<Record<string, number>>
  shown: ReadonlySet<string>
}

/**
 * The columns at the widths that fill `room` exactly. Too narrow: each gives way down to its least width, then whole
 * columns do, those that say least first; what a person must not miss (`yields` absent) stays in sight. Too wide: the
 * columns that end in dots share what is left.
 */
export function fitColumns<Row>(columns: readonly Column<Row>[], room: number, kept: Kept): Fitted<Row> {
  const isKept = (column: Column<Row>) => kept.shown.has(column.id) || kept.widths[column.id] !== undefined
  const leastOf = (column: Column<Row>) => kept.widths[column.id] ?? column.least ?? column.width
  const staying = [...columns]
  const dropped = new Set<string>()
  const yielding = columns
    .filter((column) => column.yields !== undefined && !isKept(column))
    .toSorted((a, b) => (a.yields ?? 0) - (b.yields ?? 0))
  for (const column of yielding) {
    if (room <= 0 || sum(staying.map(leastOf)) <= room) break
    staying.splice(staying.indexOf(column), 1)
    dropped.add(column.id)
  }
  const wanted = staying.map((column) => kept.widths[column.id] ?? column.width)
  const least = staying.map(leastOf)
  const over = sum(wanted) - room
  if (room <= 0 || over === 0) return { columns: staying, dropped }
  const give = over > 0 ? staying.map((_, at) => (wanted[at] ?? 0) - (least[at] ?? 0)) : staying.map(growthOf(kept))
  const given = sum(give)
  const share = given === 0 ? 0 : over > 0 ? Math.min(1, over / given) : over / given
  let rest = 0
  const fitted = staying.map((column, at) => {
    const exact = (wanted[at] ?? 0) - (give[at] ?? 0) * share + rest
    const width = Math.floor(exact)
    rest = exact - width
    return { ...column, width }
  })
  return { columns: fitted, dropped }
}

function growthOf<Row>(kept: Kept): (column: Column<Row>) => number {
  return (column) => (kept.widths[column.id] === undefined ? (column.grow ?? 0) : 0)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
