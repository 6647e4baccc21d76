import type { RuleFields } from '#shared/contract/rules.ts'

/** A device that opens an association for each image has stopped sending when nothing came for so long. */
const RECEIVED_QUIET_MS = 5000

/** When a rule looks at a study to which the last image came at this moment. */
export function dueAt(rule: Pick<RuleFields, 'when' | 'quietMinutes' | 'timeOfDay'>, lastReceivedAt: number): number {
  if (rule.when === 'completed') return lastReceivedAt + rule.quietMinutes * 60_000
  if (rule.when !== 'time') return lastReceivedAt + RECEIVED_QUIET_MS
  const [hours = 0, minutes = 0] = rule.timeOfDay.split(':').map(Number)
  const at = new Date(lastReceivedAt)
  at.setHours(hours, minutes, 0, 0)
  if (at.getTime() <= lastReceivedAt) {
    at.setDate(at.getDate() + 1)
    at.setHours(hours, minutes, 0, 0)
  }
  return at.getTime()
}
