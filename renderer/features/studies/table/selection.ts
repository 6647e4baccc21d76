/** Rows by their key. `cursor` is the row that the keyboard is on, `anchor` where a range began: both are row numbers. */
export interface Selection {
  keys: ReadonlySet<number>
  cursor: number
  anchor: number
}

export const noSelection: Selection = { keys: new Set(), cursor: -1, anchor: -1 }

export interface SelectHow {
  /** Ctrl: adds or takes away one row. */
  toggle?: boolean
  /** Shift: everything from the anchor to here. */
  range?: boolean
}

/** The selection after a row is clicked or reached by a key. Rows that are not loaded have no key and stay unselected. */
export function select(
  before: Selection,
  row: number,
  keyAt: (row: number) => number | undefined,
  how: SelectHow = {},
): Selection {
  const key = keyAt(row)
  if (how.range && before.anchor >= 0) {
    const keys = new Set<number>()
    const [from, to] = [Math.min(before.anchor, row), Math.max(before.anchor, row)]
    for (let each = from; each <= to; each += 1) {
      const own = keyAt(each)
      if (own !== undefined) keys.add(own)
    }
    return { keys, cursor: row, anchor: before.anchor }
  }
  if (how.toggle) {
    const keys = new Set(before.keys)
    if (key !== undefined && !keys.delete(key)) keys.add(key)
    return { keys, cursor: row, anchor: row }
  }
  const isSame = before.cursor === row && before.anchor === row && key !== undefined
  // The second click of two changes nothing: nothing is drawn for it, while the study opens.
  if (isSame && before.keys.size === 1 && before.keys.has(key)) return before
  return { keys: new Set(key === undefined ? [] : [key]), cursor: row, anchor: row }
}
