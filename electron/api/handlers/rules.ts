import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import { throttled } from '../throttled.ts'
import type { WorkstationParts } from '../workstationParts.ts'

type Parts = Pick<WorkstationParts, 'routing'>

export function ruleHandlers({ routing }: Parts): Handlers<WorkstationContract>['rules'] {
  return {
    watch: (_, { signal }) =>
      throttled({ subscribe: (notify) => routing.onChange(notify), take: () => routing.rows(), signal }),
    fields: () => routing.fields(),
    add: ({ fields }) => ({ ruleId: routing.add(fields) }),
    async update({ ruleId, fields }) {
      await routing.update(ruleId, fields)
      return {}
    },
    delete({ ruleId }) {
      routing.delete(ruleId)
      return {}
    },
    async switch({ ruleId, isOn }) {
      await routing.switch(ruleId, isOn)
      return {}
    },
    try: ({ conditions, serverIds }) => routing.try(conditions, serverIds),
    firings: () => routing.firings(),
  }
}
