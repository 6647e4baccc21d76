export interface DayCount {
  /** DA; '' for studies without a date. */
  date: string
  count: number
}

type LayoutItem = { kind: 'group'; date: string; count: number } | { kind: 'row'; row: number }

/** Where each row of a list stands among the group rows, without knowing the rows themselves. */
export interface TableLayout {
  itemCount: number
  itemAt(item: number): LayoutItem
  itemOfRow(row: number): number
}

export function flatLayout(rows: number): TableLayout {
  return { itemCount: rows, itemAt: (item) => ({ kind: 'row', row: item }), itemOfRow: (row) => row }
}

/** Whether headings are worth their space: where most days have one study, the date stands in its row instead. */
export function worthGrouping(days: readonly DayCount[]): boolean {
  const rows = days.reduce((sum, day) => sum + day.count, 0)
  return rows >= 2 * days.length
}

/** A group row before the rows of each day. */
export function dayLayout(days: readonly DayCount[]): TableLayout {
  // firstRows[n]: index of the first row of day n; its group row is item firstRows[n] + n.
  const firstRows: number[] = []
  let rows = 0
  for (const { count } of days) {
    firstRows.push(rows)
    rows += count
  }
  /** The last day whose start is at or before `position`. */
  const dayAt = (position: number, startOf: (day: number) => number): number => {
    let low = 0
    let high = days.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (startOf(middle) <= position) low = middle
      else high = middle - 1
    }
    return low
  }
  const groupItem = (day: number) => (firstRows[day] ?? 0) + day
  return {
    itemCount: rows + days.length,
    itemAt: (item) => {
      const day = dayAt(item, groupItem)
      const own = days[day]
      if (own && item === groupItem(day)) return { kind: 'group', ...own }
      return { kind: 'row', row: item - day - 1 }
    },
    itemOfRow: (row) => row + 1 + dayAt(row, (day) => firstRows[day] ?? 0),
  }
}
