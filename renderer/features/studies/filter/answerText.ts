import type { EchoOutcome } from '#shared/contract/servers.ts'

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** Later, a test says only that it once answered. */
const RECENT_MS = 10 * 60_000

/** How fast a server last answered, or since when it does not. */
export function answerText(test: Pick<EchoOutcome, 'at' | 'ok' | 'elapsedMs'> | null, now: Date): string {
  if (!test) return 'never tested'
  if (test.ok) {
    const elapsed =
      test.elapsedMs < 1000 ? `${Math.round(test.elapsedMs)} ms` : `${(test.elapsedMs / 1000).toFixed(1)} s`
    if (now.getTime() - test.at < RECENT_MS) return `answers in ${elapsed}`
    const when = new Date(test.at)
    return `answered ${when.toDateString() === now.toDateString() ? `at ${clock.format(when)}` : `on ${day.format(when)}`}`
  }
  const at = new Date(test.at)
  return `no answer ${at.toDateString() === now.toDateString() ? `at ${clock.format(at)}` : `since ${day.format(at)}`}`
}
