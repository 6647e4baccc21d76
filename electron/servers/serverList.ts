import { join } from 'node:path'
import { z } from 'zod'
import { Changes } from '#electron/settings/changes.ts'
import { openConfigFile } from '#electron/settings/configFile.ts'
import { ApiError } from '#shared/contract/errors.ts'
import { type EchoOutcome, type ServerFields, type ServerRow, serverRow } from '#shared/contract/servers.ts'
import { duplicateName, freeName, isTaken } from './freeName.ts'

export interface ServerList {
  /** In the editor's order. */
  rows(): ServerRow[]
  /** Throws ApiError `not-found`. */
  get(serverId: number): ServerRow
  /** `ownPort`: where we listen, prefilled as listen port (R013). */
  add(ownPort: number): ServerRow
  duplicate(serverId: number): ServerRow
  update(serverId: number, fields: ServerFields): ServerRow
  delete(serverId: number): void
  restore(serverId: number): ServerRow
  move(serverId: number, by: -1 | 1): void
  setDefault(serverId: number): void
  setLastTest(serverId: number, outcome: EchoOutcome): void
  onChange(listener: () => void): () => void
  readonly notice: string | undefined
}

/** A row may lack what a later version adds. */
const storedRow = serverRow.extend({ lastTest: serverRow.shape.lastTest.catch(null) })
const stored = z.object({ lastServerId: z.number().int(), servers: z.array(storedRow) })

const MAX_DELETED = 50
/** A test says nothing of a server whose address is another one now. */
export const TESTED = [
  ...(['aeTitle', 'host', 'port', 'tls', 'verifyCertificate'] as const),
  ...(['trust', 'pinnedCertificate', 'expectedName', 'clientCertificate'] as const),
] as const

export function openServers(dataFolder: string): ServerList {
  const file = openConfigFile(join(dataFolder, 'config', 'servers.json'), stored)
  const changes = new Changes()
  const deleted = new Map<number, { row: ServerRow; index: number }>()
  let { lastServerId, servers } = file.value ?? { lastServerId: 0, servers: [] }

  const replace = (next: ServerRow[], lastId = lastServerId) => {
    file.write({ lastServerId: lastId, servers: next })
    lastServerId = lastId
    servers = next
    changes.tell()
  }
  const indexOf = (serverId: number) => {
    const index = servers.findIndex((row) => row.serverId === serverId)
    if (index < 0) throw new ApiError('not-found', 'This server is no longer in the list.')
    return index
  }
  const get = (serverId: number): ServerRow => {
    const row = servers[indexOf(serverId)]
    if (!row) throw new ApiError('not-found', 'This server is no longer in the list.')
    return row
  }
  const names = (except?: number) => servers.filter((row) => row.serverId !== except).map((row) => row.name)
  const insert = (fields: ServerFields, index: number): ServerRow => {
    const isDefault = !servers.some((row) => row.isDefault)
    const row: ServerRow = { ...fields, serverId: lastServerId + 1, isDefault, lastTest: null }
    replace(servers.toSpliced(index, 0, row), row.serverId)
    return row
  }
  const put = (row: ServerRow) => replace(servers.with(indexOf(row.serverId), row))

  return {
    notice: file.notice,
    rows: () => servers,
    get,
    add: (ownPort) => insert(newServer(freeName('New server', names()), ownPort), servers.length),
    duplicate(serverId) {
      const { serverId: _, isDefault: __, lastTest: ___, ...fields } = get(serverId)
      return insert({ ...fields, name: duplicateName(fields.name, names()) }, indexOf(serverId) + 1)
    },
    update(serverId, fields) {
      const before = get(serverId)
      const isTested = TESTED.every((field) => before[field] === fields[field])
      const lastTest = isTested ? before.lastTest : null
      // R009: the default is where studies are looked for; a device that only sends is it only when a person says so.
      const isDefault = before.isDefault && (fields.queryRetrieve || !before.queryRetrieve)
      const row = { ...before, ...fields, name: fields.name.trim(), lastTest, isDefault }
      if (isTaken(row.name, names(serverId)))
        throw new ApiError('invalid-input', `There is already a server named ${row.name}. Choose another name.`, {
          field: 'name',
        })
      put(row)
      return row
    },
    delete(serverId) {
      const index = indexOf(serverId)
      deleted.set(serverId, { row: get(serverId), index })
      const [oldest] = deleted.keys()
      if (deleted.size > MAX_DELETED && oldest !== undefined) deleted.delete(oldest)
      replace(servers.toSpliced(index, 1))
    },
    restore(serverId) {
      const kept = deleted.get(serverId)
      if (!kept) throw new ApiError('not-found', 'This server was deleted too long ago to take it back.')
      const isDefault = kept.row.isDefault && !servers.some((row) => row.isDefault)
      const row = { ...kept.row, isDefault, name: freeName(kept.row.name, names()) }
      replace(servers.toSpliced(Math.min(kept.index, servers.length), 0, row))
      deleted.delete(serverId)
      return row
    },
    move(serverId, by) {
      const from = indexOf(serverId)
      const to = from + by
      if (to < 0 || to >= servers.length) return
      replace(servers.toSpliced(from, 1).toSpliced(to, 0, get(serverId)))
    },
    setDefault(serverId) {
      get(serverId)
      replace(servers.map((row) => ({ ...row, isDefault: row.serverId === serverId })))
    },
    setLastTest: (serverId, outcome) => put({ ...get(serverId), lastTest: outcome }),
    onChange: (listener) => changes.onChange(listener),
  }
}

/** R004, R012, R013: listen port is ours, because that is the number which the other side must have registered. */
function newServer(name: string, ownPort: number): ServerFields {
  return {
    name,
    aeTitle: 'ANY-SCP',
    host: '127.0.0.1',
    port: 104,
    listenPort: ownPort,
    preferredCompression: 'none',
    description: '',
    tls: false,
    verifyCertificate: true,
    trust: 'system',
    pinnedCertificate: '',
    expectedName: '',
    clientCertificate: true,
    queryRetrieve: true,
    retrieveBy: 'move',
    queryRoot: 'study',
    associationPerInstance: false,
    askCommitment: false,
    acceptedClasses: null,
    acceptedSyntaxes: 'all',
    worklistAETitle: '',
    scheduledStationAETitle: '',
  }
}
