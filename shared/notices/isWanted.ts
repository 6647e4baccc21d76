import type { Heard, Newness, Notice, NoticePreferences } from '#shared/contract/notices.ts'

const rank: Readonly<Record<Newness | Exclude<Heard, 'nothing'>, number>> = { study: 0, series: 1, instance: 2 }

/** Whether a person wants to be told: the page asks, and the desktop program while it has no window. */
export function isWanted(
  { source, level }: Pick<Notice, 'source' | 'level'>,
  preferences: NoticePreferences,
  now: Date,
): boolean {
  if (!preferences.isOn || isQuiet(preferences, now)) return false
  if (level === null) return true
  const wanted = heardOf(preferences, source)
  return wanted !== 'nothing' && rank[level] <= rank[wanted]
}

export function heardOf({ sources, usual }: Pick<NoticePreferences, 'sources' | 'usual'>, source: string): Heard {
  return Object.hasOwn(sources, source) ? (sources[source] ?? usual) : usual
}

/** Also over midnight. */
export function isQuiet({ quietFrom, quietTo }: Pick<NoticePreferences, 'quietFrom' | 'quietTo'>, now: Date): boolean {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
  const [from, to, at] = [minutes(quietFrom), minutes(quietTo), now.getHours() * 60 + now.getMinutes()]
  return from <= to ? at >= from && at < to : at >= from || at < to
}
