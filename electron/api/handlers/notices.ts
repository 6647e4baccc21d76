import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import { throttled } from '../throttled.ts'
import type { WorkstationParts } from '../workstationParts.ts'

export function noticeHandlers({
  notices,
  noticePreferences,
}: Pick<WorkstationParts, 'notices' | 'noticePreferences'>): Handlers<WorkstationContract>['notices'] {
  return {
    watch: (_, { signal }) =>
      throttled({ subscribe: (notify) => notices.onChange(notify), take: () => [...notices.recent()], signal }),
    preferences: (_, { signal }) =>
      throttled({
        subscribe: (notify) => noticePreferences.onChange(notify),
        take: () => noticePreferences.current(),
        signal,
      }),
    prefer: (change) => noticePreferences.change(change),
  }
}
