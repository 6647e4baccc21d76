import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import { throttled } from '../throttled.ts'
import type { WorkstationParts } from '../workstationParts.ts'

export function notificationHandlers({
  notifications,
}: Pick<WorkstationParts, 'notifications'>): Handlers<WorkstationContract>['notifications'] {
  return {
    watch: (_, { signal }) =>
      throttled({ subscribe: (notify) => notifications.onChange(notify), take: () => notifications.view(), signal }),
    makeSecret: ({ serverId }) => ({ secret: notifications.makeSecret(serverId) }),
    forgetSecret({ serverId }) {
      notifications.forgetSecret(serverId)
      return {}
    },
  }
}
