/** Hours of this computer's day within which a destination is sent to; over midnight where `from` is the later one. */
export interface SendHours {
  /** `20:00` */
  from: string
  to: string
}

/** When they begin again; null while they last, and where there are none. */
export function opensAt(hours: SendHours | null, now: number): number | null {
  return !hours || isWithin(hours, now) ? null : next(hours.from, now)
}

/** When they end; null where there are none. */
export function closesAt(hours: SendHours | null, now: number): number | null {
  return hours && next(hours.to, now)
}

/** `from 20:00 to 06:00` */
export function hoursText({ from, to }: SendHours): string {
  return `from ${from} to ${to}`
}

function isWithin({ from, to }: SendHours, now: number): boolean {
  const time = timeOf(now)
  return from < to ? from <= time && time < to : from <= time || time < to
}

/** `09:05`, as the clock on the wall says it. */
export function timeOf(at: number): string {
  const date = new Date(at)
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}

/** Days are not of the same length where the clock is changed: the date is asked, nothing is added up. */
function next(time: string, after: number): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const at = new Date(after)
  at.setHours(hours, minutes, 0, 0)
  if (at.getTime() <= after) {
    at.setDate(at.getDate() + 1)
    at.setHours(hours, minutes, 0, 0)
  }
  return at.getTime()
}
