import type { ArrivedInstance } from '#electron/archive/routingApi.ts'
import type { RuleCondition, RuleTrial } from '#shared/contract/rules.ts'
import { attributesOf } from './chooseInstances.ts'

const VALUES = 3
const LONGEST = 80

/** What the chosen images say in the fields of the conditions: whoever tries a rule sees on what it would act. */
export function because(
  conditions: readonly RuleCondition[],
  chosen: readonly ArrivedInstance[],
): RuleTrial['studies'][number]['because'] {
  const said = chosen.map(attributesOf)
  return [...new Set(conditions.map(({ field }) => field))].map((field) => {
    const values = new Set(said.map((attributes) => (attributes[field] ?? '').slice(0, LONGEST)))
    return { field, values: [...values].filter(Boolean).slice(0, VALUES) }
  })
}
