import { isIP } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { Changes } from '#electron/settings/changes.ts'
import { openConfigFile } from '#electron/settings/configFile.ts'
import type { Locks } from '#electron/settings/locks.ts'
import { ApiError } from '#shared/contract/errors.ts'
import { restProblem } from '#shared/contract/rest.ts'
import {
  type EchoOutcome,
  type ListProblem,
  type ServerFields,
  type ServerRow,
  serverFields,
  serverRow,
} from '#shared/contract/servers.ts'
import { duplicateName, freeName, isTaken, nameKey } from './freeName.ts'
import { readList } from './listFile.ts'
import { newServer } from './newServer.ts'
import { bareHost } from './peer.ts'
import { siteRows } from './siteRows.ts'
import { openSiteFile, type SitePlace, type SiteServers } from './siteServers.ts'
import { Steps } from './steps.ts'

export interface ServerList {
  /** The administrator's first, then the others in the editor's order. */
  rows(): ServerRow[]
  /** Throws ApiError `not-found`. */
  get(serverId: number): ServerRow
  /** `ownPort`: where we listen, prefilled as listen port (R013). */
  add(ownPort: number): ServerRow
  duplicate(serverId: number): ServerRow
  /** With a revision it throws ApiError `invalid-input` when somebody else changed it since. */
  update(serverId: number, fields: ServerFields, revision?: number): ServerRow
  delete(serverId: number): void
  restore(serverId: number): ServerRow
  move(serverId: number, by: -1 | 1): void
  /** Among the servers that are not the administrator's. */
  place(serverId: number, index: number): void
  setDefault(serverId: number): void
  setLastTest(serverId: number, outcome: EchoOutcome): void
  /** What was taken back, in words; '' when there was nothing. */
  undo(): string
  redo(): string
  importText(text: string, ownPort: number): { added: number[]; known: number; problems: ListProblem[] }
  site(): SiteServers
  /** The site profile's servers: each takes the place of the one of its name, or is added. Nothing to undo afterwards. */
  adopt(servers: readonly ServerFields[]): void
  onChange(listener: () => void): () => void
  close(): void
  readonly notice: string | undefined
}

/** A row may lack what a later version adds. */
const storedRow = serverRow.extend({ lastTest: serverRow.shape.lastTest.catch(null) })
const stored = z.object({
  lastServerId: z.number().int(),
  servers: z.array(storedRow),
  /** Name of the administrator's server that a person made the default. */
  siteDefault: z.string().optional(),
})

const MAX_DELETED = 50
/** A test says nothing of a server whose address is another one now. */
export const TESTED = [
  ...(['aeTitle', 'host', 'port', 'tls', 'verifyCertificate'] as const),
  ...(['trust', 'pinnedCertificate', 'expectedName', 'clientCertificate'] as const),
  ...(['restOn', 'restUrl', 'restKind', 'restAuthentication', 'restUser', 'restTrust'] as const),
  ...(['restPinnedCertificate', 'restClientCertificate', 'restQuery', 'restRetrieve', 'restSend'] as const),
] as const
const sameTested = (one: ServerFields, other: ServerFields) => TESTED.every((field) => one[field] === other[field])

const GONE = 'This server is no longer in the list.'
const READ_ONLY = 'This server is set by your administrator. Duplicate it to have one of your own.'

interface OpenServersOptions {
  /** R020: the administrator's file. */
  site?: SitePlace
  locks?: Locks<readonly ServerFields[]>
  /** Of practice: what is made there goes to nobody's PACS, and nobody's images come there to be removed with it. */
  onlyThisComputer?: boolean
}

const ELSEWHERE = 'In practice no server outside of this computer is called. Add it outside of practice.'

export function openServers(dataFolder: string, options: OpenServersOptions = {}): ServerList {
  const file = openConfigFile(join(dataFolder, 'config', 'servers.json'), stored)
  const changes = new Changes()
  const deleted = new Map<number, { row: ServerRow; index: number }>()
  const steps = new Steps()
  const siteTests = new Map<number, EchoOutcome>()
  let { lastServerId, servers, siteDefault } = file.value ?? { lastServerId: 0, servers: [], siteDefault: undefined }
  const siteFile = options.site && openSiteFile(options.site, () => changes.tell())
  const site = (): SiteServers => siteFile?.current() ?? { file: '', found: false, servers: [], problems: [] }
  const deployed = () => siteRows(site().servers, siteDefault, siteTests)

  const write = (next: ServerRow[], lastId = lastServerId) => {
    file.write({ lastServerId: lastId, servers: next, ...(siteDefault === undefined ? {} : { siteDefault }) })
    lastServerId = lastId
    servers = next
    changes.tell()
  }
  /** A change that can be taken back. */
  const replace = (what: string, next: ServerRow[], lastId = lastServerId) => {
    const before = servers
    write(next, lastId)
    steps.note(what, before)
  }
  const heldNames = () => new Set(options.locks?.current()?.map(({ name }) => name))
  options.locks?.onChange(() => changes.tell())
  const rows = () => {
    const first = deployed()
    const hasSiteDefault = first.some(({ isDefault }) => isDefault)
    const held = heldNames()
    const others = besides(
      first,
      servers.map((row) => (held.has(row.name) ? { ...row, readOnly: true, setBy: 'profile' as const } : row)),
    )
    return [...first, ...(hasSiteDefault ? others.map((row) => ({ ...row, isDefault: false })) : others)]
  }
  const find = (serverId: number) => rows().find((row) => row.serverId === serverId)
  const get = (serverId: number): ServerRow => {
    const row = find(serverId)
    if (!row) throw new ApiError('not-found', GONE)
    return row
  }
  const own = (serverId: number): { row: ServerRow; index: number } => {
    const index = servers.findIndex((row) => row.serverId === serverId)
    const row = servers[index]
    if (row && heldNames().has(row.name)) throw new ApiError('invalid-input', READ_ONLY)
    if (row) return { row, index }
    throw find(serverId) ? new ApiError('invalid-input', READ_ONLY) : new ApiError('not-found', GONE)
  }
  const names = (except?: number) =>
    rows()
      .filter((row) => row.serverId !== except)
      .map((row) => row.name)
  const rowOf = (fields: ServerFields, serverId: number, isDefault: boolean): ServerRow => ({
    ...fields,
    ...{ serverId, isDefault, lastTest: null, revision: 0, readOnly: false, setBy: 'person' },
  })
  const insert = (what: string, fields: ServerFields, index: number): ServerRow => {
    const row = rowOf(fields, lastServerId + 1, !rows().some(({ isDefault }) => isDefault))
    replace(what, servers.toSpliced(index, 0, row), row.serverId)
    return row
  }
  /** Those of the site profile stand before. */
  const firstOwn = () => {
    const held = heldNames()
    return servers.filter(({ name }) => held.has(name)).length
  }
  const place = (serverId: number, to: number) => {
    const { row, index } = own(serverId)
    const first = firstOwn()
    const at = Math.min(Math.max(first + to, first), servers.length - 1)
    if (at !== index) replace(`Move of ${row.name}`, servers.toSpliced(index, 1).toSpliced(at, 0, row))
  }
  /** A test of now outlives the step back, where it speaks of the same values. */
  const step = (found: { what: string; servers: readonly ServerRow[] } | undefined): string => {
    if (!found) return ''
    const now = new Map(servers.map((row) => [row.serverId, row]))
    write(
      found.servers.map((row) => {
        const known = now.get(row.serverId)
        const lastTest = known && sameTested(known, row) ? known.lastTest : row.lastTest
        return { ...row, lastTest, revision: Math.max(row.revision, known?.revision ?? 0) + 1 }
      }),
    )
    return found.what
  }

  return {
    notice: [file.notice, ...siteNotices(site())].filter(Boolean).join(' ') || undefined,
    rows,
    get,
    site,
    close: () => siteFile?.close(),
    add(ownPort) {
      const name = freeName('New server', names())
      return insert(`Adding ${name}`, newServer(name, ownPort), servers.length)
    },
    duplicate(serverId) {
      const { name, ...fields } = serverFields.parse(get(serverId))
      const index = servers.findIndex((row) => row.serverId === serverId)
      const copy = { ...fields, name: duplicateName(name, names()) }
      return insert(`Duplicate of ${name}`, copy, index < 0 ? servers.length : index + 1)
    },
    update(serverId, fields, revision) {
      const { row: before, index } = own(serverId)
      if (options.onlyThisComputer && !isHere(fields)) throw new ApiError('invalid-input', ELSEWHERE, { field: 'host' })
      if (revision !== undefined && revision !== before.revision)
        throw new ApiError(
          'invalid-input',
          `${before.name} was changed in another window meanwhile. Discard shows its values; saving again overwrites them.`,
          { field: 'revision' },
        )
      const together = restProblem(fields)
      if (together) throw new ApiError('invalid-input', together.message, { field: together.field })
      const lastTest = sameTested(before, fields) ? before.lastTest : null
      // R009: the default is where studies are looked for; a device that only sends is it only when a person says so.
      const isDefault = before.isDefault && (fields.queryRetrieve || !before.queryRetrieve)
      const row = { ...before, ...fields, name: fields.name.trim(), lastTest, isDefault, revision: before.revision + 1 }
      if (isTaken(row.name, names(serverId)))
        throw new ApiError('invalid-input', `There is already a server named ${row.name}. Choose another name.`, {
          field: 'name',
        })
      replace(`Change of ${row.name}`, servers.with(index, row))
      return row
    },
    delete(serverId) {
      const { row, index } = own(serverId)
      deleted.set(serverId, { row, index })
      const [oldest] = deleted.keys()
      if (deleted.size > MAX_DELETED && oldest !== undefined) deleted.delete(oldest)
      replace(`Delete of ${row.name}`, servers.toSpliced(index, 1))
    },
    restore(serverId) {
      const back = find(serverId)
      if (back) return back
      const kept = deleted.get(serverId)
      if (!kept) throw new ApiError('not-found', 'This server was deleted too long ago to take it back.')
      const isDefault = kept.row.isDefault && !rows().some((row) => row.isDefault)
      const row = { ...kept.row, isDefault, name: freeName(kept.row.name, names()) }
      replace(`Restoring ${row.name}`, servers.toSpliced(Math.min(kept.index, servers.length), 0, row))
      deleted.delete(serverId)
      return row
    },
    move: (serverId, by) => place(serverId, own(serverId).index - firstOwn() + by),
    place,
    setDefault(serverId) {
      const { name } = get(serverId)
      const isDeployed = !servers.some((row) => row.serverId === serverId)
      siteDefault = isDeployed ? name : undefined
      const isDefault = (row: ServerRow) => row.serverId === serverId
      replace(
        `${name} as default`,
        servers.map((row) => ({ ...row, isDefault: isDefault(row) })),
      )
    },
    setLastTest(serverId, outcome) {
      const index = servers.findIndex((row) => row.serverId === serverId)
      const row = servers[index]
      if (row) return write(servers.with(index, { ...row, lastTest: outcome }))
      get(serverId)
      siteTests.set(serverId, outcome)
      changes.tell()
    },
    undo: () => step(steps.back(servers)),
    redo: () => step(steps.forth(servers)),
    importText(text, ownPort) {
      const { servers: read, problems } = readList(text, ownPort)
      const found = options.onlyThisComputer ? read.filter(isHere) : read
      if (found.length < read.length) problems.push({ where: 'file', reason: ELSEWHERE })
      const key = (fields: ServerFields) => JSON.stringify(serverFields.parse(fields))
      const here = new Set(rows().map(key))
      const fresh = found.filter((fields) => !here.has(key(fields)))
      const taken = names()
      const hasDefault = rows().some(({ isDefault }) => isDefault)
      const added = fresh.map((fields, index) => {
        const name = freeName(fields.name, taken)
        taken.push(name)
        return rowOf({ ...fields, name }, lastServerId + 1 + index, !hasDefault && index === 0)
      })
      if (added.length > 0) replace('Import', [...servers, ...added], lastServerId + added.length)
      return { added: added.map(({ serverId }) => serverId), known: found.length - fresh.length, problems }
    },
    adopt(wanted) {
      const deployedNames = new Set(deployed().map(({ name }) => name))
      const hasDefault = rows().some(({ isDefault }) => isDefault)
      let lastId = lastServerId
      const adopted = wanted
        .filter((fields) => !deployedNames.has(fields.name) && (!options.onlyThisComputer || isHere(fields)))
        .map((fields, index) => {
          const before = servers.find(({ name }) => name === fields.name)
          if (!before) return rowOf(fields, ++lastId, !hasDefault && index === 0)
          const lastTest = sameTested(before, fields) ? before.lastTest : null
          return { ...before, ...fields, lastTest, revision: before.revision + 1 }
        })
      if (adopted.length === 0) return
      const names = new Set(adopted.map(({ name }) => name))
      steps.forget()
      write([...adopted, ...servers.filter(({ name }) => !names.has(name))], lastId)
    },
    onChange: (listener) => changes.onChange(listener),
  }
}

/** R008: one of ours whose name the administrator gives to one of theirs goes on under the next free one. */
function besides(deployed: readonly ServerRow[], others: ServerRow[]): ServerRow[] {
  if (deployed.length === 0) return others
  const theirs = new Set(deployed.map(({ name }) => nameKey(name)))
  if (!others.some(({ name }) => theirs.has(nameKey(name)))) return others
  const taken = [...deployed, ...others].map(({ name }) => name)
  return others.map((row) => {
    if (!theirs.has(nameKey(row.name))) return row
    const name = freeName(row.name, taken)
    taken.push(name)
    return { ...row, name }
  })
}

function siteNotices({ file, problems }: SiteServers): string[] {
  return problems.slice(0, 5).map(({ where, reason }) => `${file}, ${where}: ${reason}`)
}

function isHere({ host, storeEndpoint, restUrl }: ServerFields): boolean {
  const web = restUrl === '' ? host : new URL(restUrl).hostname
  return [host, storeEndpoint?.host ?? host, web].map(bareHost).every((each) => {
    const version = isIP(each)
    return version === 0 ? each.toLowerCase() === 'localhost' : version === 4 ? each.startsWith('127.') : each === '::1'
  })
}
