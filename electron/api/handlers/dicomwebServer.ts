import { webAddresses } from '#electron/dicomwebServer/webAddresses.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import { throttled } from '../throttled.ts'
import type { WorkstationParts } from '../workstationParts.ts'

/** A viewer asks hundreds of times for one study. */
const WATCH_INTERVAL_MS = 500
const SHOWN = 50

type Parts = Pick<WorkstationParts, 'dicomwebServer' | 'settings' | 'certificates' | 'archive'>

export function dicomwebServerHandlers(parts: Parts): Handlers<WorkstationContract>['dicomwebServer'] {
  const { dicomwebServer, settings, certificates, archive } = parts
  const { users, requests } = dicomwebServer
  return {
    watch: (_, { signal }) =>
      throttled({
        signal,
        intervalMs: WATCH_INTERVAL_MS,
        subscribe: (notify) => {
          const stops = [dicomwebServer.onChange(notify), users.onChange(notify), requests.onChange(notify)]
          return () => {
            for (const stop of stops) stop()
          }
        },
        take: () => {
          const state = dicomwebServer.state()
          const given = new Set(users.given().map(({ name }) => name))
          const names = certificates.view().own?.certificate.names ?? []
          return {
            state: state.state,
            sentence: state.state === 'failed' ? state.sentence : '',
            urls: webAddresses(state, settings.current().dicomwebAddress, names),
            users: users.users().map(({ name }) => ({ name, fixed: given.has(name) })),
            ...requests.counts(),
            requests: requests.latest(SHOWN),
          }
        },
      }),
    async saveUser({ name, password }) {
      await users.save(name, password)
      return {}
    },
    removeUser({ name }) {
      users.remove(name)
      return {}
    },
    async example() {
      const { rows } = await archive.reader.listStudies({ limit: 1, offset: 0 })
      return { studyInstanceUID: rows[0]?.studyInstanceUID ?? '' }
    },
  }
}
