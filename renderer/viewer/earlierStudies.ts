import { loadMeasurements } from './keepMeasurements.ts'
import { loadReports } from './reports.ts'
import { useSession } from './session.ts'

/** An earlier study that is put beside: its measurements come along. Nothing where it is open already. */
export async function joinStudies(studyIds: readonly number[]): Promise<void> {
  const open = useSession.getState().studyIds
  const more = studyIds.filter((studyId) => !open.includes(studyId))
  if (more.length === 0) return
  const all = [...open, ...more]
  useSession.setState({ studyIds: all })
  await loadMeasurements(all)
  await loadReports(all)
}

/** `2 years`, `5 months`, `12 days`: how long before a study another one was made; '' where a date is missing. */
export function timeBefore(earlier: string, later: string): string {
  const [from, to] = [dayOf(earlier), dayOf(later)]
  if (from === undefined || to === undefined || from > to) return ''
  const days = Math.round((to - from) / 86_400_000)
  const words = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`
  if (days < 60) return words(days, 'day')
  const months = Math.floor(days / 30.44)
  return months < 24 ? words(months, 'month') : words(Math.floor(days / 365.25), 'year')
}

function dayOf(date: string): number | undefined {
  if (!/^\d{8}$/.test(date)) return undefined
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8)))
}
