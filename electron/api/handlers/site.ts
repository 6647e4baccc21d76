import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import { throttled } from '../throttled.ts'
import type { WorkstationParts } from '../workstationParts.ts'

export function siteHandlers({
  siteProfile,
}: Pick<WorkstationParts, 'siteProfile'>): Handlers<WorkstationContract>['site'] {
  return {
    watch: (_, { signal }) =>
      throttled({ signal, subscribe: (notify) => siteProfile.onChange(notify), take: () => siteProfile.view() }),
    export: ({ name, include, locks }) => siteProfile.export(name, include, locks),
    look: ({ text }) => siteProfile.look(text),
    follow: ({ text, fingerprint }) => siteProfile.follow(text, fingerprint),
    putBack: () => siteProfile.putBack(),
    leave: () => siteProfile.leave(),
  }
}
