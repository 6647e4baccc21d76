import type { ArrivedInstance } from '#electron/archive/routingApi.ts'
import type { RuleCondition } from '#shared/contract/rules.ts'
import type { ServerRow } from '#shared/contract/servers.ts'
import { fulfilsAll } from '#shared/routing/condition.ts'

/** Everything that a condition may ask of an image, where it came from included. */
export function attributesOf({ attributes, callingAETitle, address }: ArrivedInstance): Record<string, string> {
  return { ...attributes, CallingAETitle: callingAETitle, CallingAddress: address }
}

/**
 * Which of these images go to a server. What came from it never goes back to it; and since an image that is here already
 * is no arrival when it comes again, a circle of workstations ends after one round, whatever their rules.
 */
export function chooseInstances(
  instances: readonly ArrivedInstance[],
  conditions: readonly RuleCondition[],
  { aeTitle }: Pick<ServerRow, 'aeTitle'>,
): { chosen: ArrivedInstance[]; fromThere: number } {
  const fitting = instances.filter((instance) => fulfilsAll(attributesOf(instance), conditions))
  const chosen = fitting.filter(({ callingAETitle }) => callingAETitle !== aeTitle)
  return { chosen, fromThere: fitting.length - chosen.length }
}
