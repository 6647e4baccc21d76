import { echo } from '#electron/servers/echo.ts'
import { TESTED } from '#electron/servers/serverList.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import { ownPort } from '../ownPort.ts'
import { throttled } from '../throttled.ts'
import type { WorkstationParts } from '../workstationParts.ts'

type Parts = Pick<WorkstationParts, 'servers' | 'settings' | 'certificates' | 'node' | 'listener'>

export function serverHandlers(parts: Parts): Handlers<WorkstationContract>['servers'] {
  const { servers, settings, certificates, node } = parts
  return {
    watch: (_, { signal }) =>
      throttled({ subscribe: (notify) => servers.onChange(notify), take: () => servers.rows(), signal }),
    list: () => servers.rows(),
    add: () => servers.add(ownPort(parts)),
    duplicate: ({ serverId }) => servers.duplicate(serverId),
    update: ({ serverId, fields }) => servers.update(serverId, fields),
    delete({ serverId }) {
      servers.delete(serverId)
      return {}
    },
    restore: ({ serverId }) => servers.restore(serverId),
    move({ serverId, by }) {
      servers.move(serverId, by)
      return {}
    },
    setDefault({ serverId }) {
      servers.setDefault(serverId)
      return {}
    },
    async test({ serverId, fields }, { signal }) {
      const saved = servers.get(serverId)
      const outcome = await echo({ node, settings: settings.current(), certificates }, fields ?? saved, signal)
      // What a test of other values found says nothing about the saved ones.
      const isSaved = !fields || TESTED.every((key) => fields[key] === saved[key])
      if (isSaved && !signal.aborted) servers.setLastTest(serverId, outcome)
      return outcome
    },
  }
}
