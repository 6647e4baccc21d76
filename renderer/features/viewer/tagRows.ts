import type { OutputOf } from '#shared/contract/operation.ts'
import type { studies } from '#shared/contract/studies.ts'

export type TagRow = OutputOf<typeof studies.tags>[number]

export interface NamedTag extends TagRow {
  /** Keyword, or whose private element it is. */
  name: string
  isPrivate: boolean
}

const PRIVATE = /^\(([0-9A-F]{3}[13579BDF]),([0-9A-F]{4})\)$/

/**
 * Gives private elements the name of their owner (PS3.5 7.8.1): (gggg,xxee) belongs to who is named in (gggg,00xx) of the
 * same data set or item.
 */
export function namedTags(rows: readonly TagRow[]): NamedTag[] {
  const creators: Map<string, string>[] = []
  return rows.map((row) => {
    // Every item has creators of its own.
    creators.length = Math.min(creators.length, row.depth + 1)
    const own = creators[row.depth] ?? new Map<string, string>()
    creators[row.depth] = own
    const [, group, element] = PRIVATE.exec(row.tag) ?? []
    if (group === undefined || element === undefined) return { ...row, name: row.keyword, isPrivate: false }
    if (element.startsWith('00')) {
      own.set(`${group}${element.slice(2)}`, row.value.trim())
      return { ...row, name: 'Private creator', isPrivate: true }
    }
    const creator = own.get(`${group}${element.slice(0, 2)}`)
    return { ...row, name: row.keyword || (creator ? `Private, ${creator}` : 'Private'), isPrivate: true }
  })
}

/** Rows that have all words in tag, name or value, and the sequences and items that they stand in. */
export function filterTags<Row extends NamedTag>(rows: readonly Row[], text: string, privateOnly: boolean): Row[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0 && !privateOnly) return [...rows]
  const kept = new Set<number>()
  const above: number[] = []
  for (const [at, row] of rows.entries()) {
    above.length = Math.min(above.length, row.depth)
    above[row.depth] = at
    const digits = row.tag.replace(/[(),]/g, '')
    const said = `${row.tag} ${digits} ${row.vr} ${row.name} ${row.value}`.toLowerCase()
    if (privateOnly && !row.isPrivate) continue
    if (!words.every((word) => said.includes(word.replace(/[(),]/g, '') || word))) continue
    for (let depth = 0; depth <= row.depth; depth++) kept.add(above[depth] ?? at)
  }
  return rows.filter((_, at) => kept.has(at))
}

/** As text, a line each, items indented. */
export function tagsAsText(rows: readonly NamedTag[]): string {
  return rows
    .map(
      ({ depth, tag, vr, name, value }) => `${'  '.repeat(depth)}${[tag, vr, name, value].filter(Boolean).join('\t')}`,
    )
    .join('\n')
}

/** How many of all rows are shown. */
export function rowCount(found: readonly unknown[], all: readonly unknown[]): string {
  return found.length === all.length ? `${all.length} rows` : `${found.length} of ${all.length} rows`
}
