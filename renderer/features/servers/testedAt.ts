const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** `09:02` today, `yesterday`, else `12 Nov`: short enough for a list. */
export function testedAt(at: number, now = Date.now()): string {
  const days = daysBetween(at, now)
  if (days === 0) return time.format(at)
  return days === 1 ? 'yesterday' : day.format(at)
}

/** `today 10:42`, `yesterday 09:00`, `12 Nov 17:40`. */
export function testedAtFull(at: number, now = Date.now()): string {
  const days = daysBetween(at, now)
  const word = days === 0 ? 'today' : days === 1 ? 'yesterday' : day.format(at)
  return `${word} ${time.format(at)}`
}

function daysBetween(at: number, now: number): number {
  const midnight = (moment: number) => new Date(moment).setHours(0, 0, 0, 0)
  return Math.round((midnight(now) - midnight(at)) / 86_400_000)
}
