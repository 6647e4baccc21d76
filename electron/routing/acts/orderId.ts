import { createHash } from 'node:crypto'

/**
 * The name of what a rule orders. The same order has the same name: one that was given and not yet noted when the process
 * died is not carried out twice.
 */
export function orderId(parts: readonly (string | number)[]): string {
  return `rule-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)}`
}
