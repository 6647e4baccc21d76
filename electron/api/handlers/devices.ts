import { deviceGuides } from '#electron/devices/deviceGuides.ts'
import { reach } from '#electron/devices/reach/reach.ts'
import { statistics } from '#electron/devices/statistics.ts'
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
  transfers,
  listener,
  settings,
}: Pick<
  WorkstationParts,
  'devices' | 'transfers' | 'listener' | 'settings'
>): Handlers<WorkstationContract>['devices'] {
  const { list } = devices
  /** What a person decided waits for nobody any more: the refusals of this caller leave the transfers. */
  const decided = async (knockId: string) => {
    const rows = transfers.rows().filter(({ kind, state, peer }) => {
      return kind === 'receive' && state === 'refused' && peer.replace(/ (?=\S+$)/, '@') === knockId
    })
    await transfers.clear(rows.map(({ transferId }) => transferId))
  }
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
    async allow({ knockId }) {
      const row = devices.allow(knockId)
      await decided(knockId)
      return row
    },
    async acceptAlias({ knockId, deviceId }) {
      const row = devices.acceptAlias(knockId, deviceId)
      await decided(knockId)
      return row
    },
    async block({ knockId }) {
      const row = devices.block(knockId)
      await decided(knockId)
      return row
    },
    async ignore({ knockId }) {
      devices.ignore(knockId)
      await decided(knockId)
      return {}
    },
    reach: () =>
      reach({
        listening: listener.state(),
        aeTitle: settings.current().aeTitle,
        seen: devices.sightings.all(),
      }),
    statistics: ({ days }) => statistics(devices.sightings.all(), days, Date.now()),
    guides: () => deviceGuides,
    showIgnored() {
      list.showIgnored()
      return {}
    },
  }
}
