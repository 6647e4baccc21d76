import { showFailure } from '../../../app/showFailure.ts'

/**
 * Changes of one preference, one upon the other: what is known here lags behind what was asked for until the news of it
 * are in, and a second change in that time would take the first one back.
 */
export function changeUpon<Value>(send: (next: Value) => Promise<unknown>) {
  let asked: { upon: Value; next: Value; isOnItsWay: boolean } | undefined
  return (known: Value, change: (last: Value) => Value): void => {
    const last = asked && (asked.isOnItsWay || asked.upon === known) ? asked.next : known
    const own = { upon: known, next: change(last), isOnItsWay: true }
    asked = own
    send(own.next)
      .catch((error: unknown) => {
        if (asked === own) asked = undefined
        showFailure(error)
      })
      .finally(() => {
        own.isOnItsWay = false
      })
  }
}
