import { echo } from '#electron/servers/echo.ts'
import { writeList } from '#electron/servers/listFile.ts'
import { TESTED } from '#electron/servers/serverList.ts'
import { webRouteOf } from '#electron/servers/webPeer.ts'
import { ApiError } from '#shared/contract/errors.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import { restProblem } from '#shared/contract/rest.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import { type ServerFields, type ServerRow, serverFields } from '#shared/contract/servers.ts'
import { readWebAddress } from '#shared/network/webAddress.ts'
import { ownPort } from '../ownPort.ts'
import { throttled } from '../throttled.ts'
import type { WorkstationParts } from '../workstationParts.ts'

type Parts = Pick<
  WorkstationParts,
  'credentials' | 'dicomweb' | 'servers' | 'settings' | 'certificates' | 'node' | 'listener'
>

export function serverHandlers(parts: Parts): Handlers<WorkstationContract>['servers'] {
  const { servers, settings, certificates, credentials, dicomweb, node } = parts
  return {
    watch: (_, { signal }) =>
      throttled({ subscribe: (notify) => servers.onChange(notify), take: () => servers.rows(), signal }),
    list: () => servers.rows(),
    add: () => servers.add(ownPort(parts)),
    duplicate: ({ serverId }) => servers.duplicate(serverId),
    update: ({ serverId, fields, revision }) => servers.update(serverId, fields, revision),
    delete({ serverId }) {
      servers.delete(serverId)
      return {}
    },
    restore: ({ serverId }) => servers.restore(serverId),
    move({ serverId, by }) {
      servers.move(serverId, by)
      return {}
    },
    place({ serverId, index }) {
      servers.place(serverId, index)
      return {}
    },
    undo: () => ({ done: servers.undo() }),
    redo: () => ({ done: servers.redo() }),
    exportList: ({ format }) => ({ text: writeList(ownFields(servers.rows()), format) }),
    importList: ({ text }) => servers.importText(text, ownPort(parts)),
    site() {
      const { file, found, problems, servers: read } = servers.site()
      return { file, found, servers: read.length, problems }
    },
    setDefault({ serverId }) {
      servers.setDefault(serverId)
      return {}
    },
    credentials: () => credentials.view(),
    async keepSecret({ serverId, secret }) {
      const address = readWebAddress(servers.get(serverId).restUrl)
      if (!address && secret !== '')
        throw new ApiError('invalid-input', 'Enter the web address first: a password is kept for that web site alone.')
      await credentials.keep(serverId, address?.origin ?? '', secret)
      return credentials.view()
    },
    async probe({ serverId, fields, secret }, { signal }) {
      const saved = servers.get(serverId)
      const problem = restProblem({ ...(fields ?? saved), restOn: true })
      if (problem) throw new ApiError('invalid-input', problem.message, { field: problem.field })
      const server = { ...saved, ...fields, restOn: true }
      const route = webRouteOf(server, settings.current(), certificates)
      if (!route) throw new ApiError('invalid-input', 'Enter its web address.', { field: 'restUrl' })
      return dicomweb.probe(route, secret, signal)
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

/** Without what belongs to this workstation: numbers, tests, the default, the administrator's servers. */
function ownFields(rows: readonly ServerRow[]): ServerFields[] {
  return rows.filter(({ readOnly }) => !readOnly).map((row) => serverFields.parse(row))
}
