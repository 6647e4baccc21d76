/**
 * How long a suite may still take: `.ci/run` says when it will end it (SUITE_ENDS_AT, seconds since 1970). Who ends
 * itself before that tells what passed and what was under way; who is ended tells nothing.
 */
export function msLeft(): number {
  const endsAt = Number(process.env.SUITE_ENDS_AT || Number.NaN)
  return Number.isFinite(endsAt) ? endsAt * 1000 - Date.now() : Number.POSITIVE_INFINITY
}

/** Runs `act` shortly before a suite that hangs would be ended from outside. */
export function beforeTheEnd(act: () => void, marginMs = 10_000): void {
  const left = msLeft()
  if (Number.isFinite(left)) setTimeout(act, Math.max(left - marginMs, 0)).unref()
}
