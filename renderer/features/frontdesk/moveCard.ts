/** Moves the focus from card to card, by arrow keys. False where the key is another one, or leads nowhere. */
export function moveCard(key: string, board: Element): boolean {
  if (!/^Arrow(Up|Down|Left|Right)$/.test(key)) return false
  const current = document.activeElement
  if (!(current instanceof HTMLElement) || !current.matches('[data-card]')) return false
  const columns = [...board.querySelectorAll('[data-cards]')].map((list) => [
    ...list.querySelectorAll<HTMLElement>('[data-card]'),
  ])
  const column = columns.findIndex((cards) => cards.some((card) => card === current))
  const row = columns[column]?.indexOf(current) ?? -1
  const target =
    key === 'ArrowUp' || key === 'ArrowDown'
      ? columns[column]?.[row + (key === 'ArrowDown' ? 1 : -1)]
      : beside(columns, column, row, key === 'ArrowRight' ? 1 : -1)
  target?.focus()
  return target !== undefined
}

function beside(columns: readonly HTMLElement[][], column: number, row: number, step: number): HTMLElement | undefined {
  for (let at = column + step; at >= 0 && at < columns.length; at += step) {
    const cards = columns[at]
    if (cards && cards.length > 0) return cards[Math.min(row, cards.length - 1)]
  }
  return undefined
}
