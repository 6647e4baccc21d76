/** Where a key moves the cursor of a list; undefined for a key that moves nothing. */
export function movedCursor(key: string, cursor: number, rows: number, page: number): number | undefined {
  const last = rows - 1
  const to: Record<string, number> = {
    ArrowUp: cursor - 1,
    ArrowDown: cursor + 1,
    PageUp: cursor - page,
    PageDown: cursor + page,
    Home: 0,
    End: last,
  }
  const target = to[key]
  return target === undefined || rows === 0 ? undefined : Math.max(0, Math.min(last, target))
}
