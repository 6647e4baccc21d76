/** The day on this machine's clock as a number that sorts: 20261121. */
export function dayOf(at: number): number {
  const date = new Date(at)
  return date.getFullYear() * 10_000 + (date.getMonth() + 1) * 100 + date.getDate()
}

/** The last `count` days, today last. Counted by the calendar: a day may have 23 hours. */
export function lastDays(now: number, count: number): number[] {
  const today = new Date(now)
  return Array.from({ length: count }, (_, index) =>
    dayOf(new Date(today.getFullYear(), today.getMonth(), today.getDate() - (count - 1 - index), 12).getTime()),
  )
}
