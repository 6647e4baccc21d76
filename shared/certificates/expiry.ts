const DAY_MS = 24 * 60 * 60 * 1000
/** Renewing takes an administrator, often a form, sometimes a vendor. */
const WARN_DAYS = 30

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

export type ExpiryState = 'good' | 'soon' | 'ended' | 'not-yet'

export interface Validity {
  validFrom: number
  validTo: number
}

export function expiryState({ validFrom, validTo }: Validity, now: number = Date.now()): ExpiryState {
  if (now > validTo) return 'ended'
  if (now < validFrom) return 'not-yet'
  return validTo - now <= WARN_DAYS * DAY_MS ? 'soon' : 'good'
}

/** `ends on 3 Dec 2026, in 12 days`; `ended on 3 Nov 2026`. Follows a subject. */
export function expiryWords(validity: Validity, now: number = Date.now()): string {
  const state = expiryState(validity, now)
  if (state === 'ended') return `ended on ${day.format(validity.validTo)}`
  if (state === 'not-yet') return `is not valid before ${day.format(validity.validFrom)}`
  const days = Math.floor((validity.validTo - now) / DAY_MS)
  if (state === 'good') return `is valid until ${day.format(validity.validTo)}`
  const when = days === 0 ? 'within a day' : days === 1 ? 'tomorrow' : `in ${days} days`
  return `ends on ${day.format(validity.validTo)}, ${when}`
}
