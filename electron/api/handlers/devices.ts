import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import { throttled } from '../throttled.ts'
import type { WorkstationParts } from '../workstationParts.ts'

/** A device that floods us makes hundreds of changes a second. */
const WATCH_INTERVAL_MS = 500
/** Online becomes quiet, and today yesterday, by itself. */
const WATCH_EVERY_MS = 60_000

export function deviceHandlers({
  devices,
}: Pick<WorkstationParts, 'devices'>): Handlers<WorkstationContract>['devices'] {
  const { list } = devices
  return {
    watch: (_, { signal }) =>
      throttled({
        signal,
        intervalMs: WATCH_INTERVAL_MS,
        everyMs: WATCH_EVERY_MS,
        subscribe: (notify) => devices.onChange(notify),
        take: () => devices.view(),
      }),
    add: ({ fields }) => devices.row(list.add(fields)),
    update: ({ deviceId, revision, fields }) => devices.row(list.update(deviceId, revision, fields)),
    delete({ deviceId }) {
      list.delete(deviceId)
      return {}
    },
    restore: ({ deviceId }) => devices.row(list.restore(deviceId)),
    allow: ({ knockId }) => devices.allow(knockId),
    acceptAlias: ({ knockId, deviceId }) => devices.acceptAlias(knockId, deviceId),
    block: ({ knockId }) => devices.block(knockId),
    ignore({ knockId }) {
      devices.ignore(knockId)
      return {}
    },
    showIgnored() {
      list.showIgnored()
      return {}
    },
  }
}
