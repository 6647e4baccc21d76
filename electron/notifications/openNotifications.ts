import { createHash } from 'node:crypto'
import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import type { Certificates } from '#electron/certificates/openCertificates.ts'
import { KeptPort } from '#electron/hl7/keptPort.ts'
import { CallRefusal } from '#electron/jsonServer/callRefusal.ts'
import type { Notices } from '#electron/notices/notices.ts'
import type { ServerList } from '#electron/servers/serverList.ts'
import { Changes } from '#electron/settings/changes.ts'
import type { SettingsStore } from '#electron/settings/settingsStore.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { Transfers } from '#electron/transfers/openTransfers.ts'
import type { NotificationsView } from '#shared/contract/notifications.ts'
import { Allowance } from './allowance.ts'
import { Announced } from './announced.ts'
import { keyOf, type NotificationMessage } from './message.ts'
import { NotificationServer } from './notificationServer.ts'
import { retrieveAnnounced } from './retrieveAnnounced.ts'
import { openSecretFile } from './secretFile.ts'

export interface NotificationsParts {
  dataFolder: string
  servers: Pick<ServerList, 'rows' | 'get' | 'onChange'>
  settings: Pick<SettingsStore, 'current' | 'onChange'>
  certificates: Pick<Certificates, 'identity' | 'onChange'>
  transfers: Pick<Transfers, 'retrieve' | 'row'>
  reader: Pick<Remote<ArchiveReaderApi>, 'findStudyUIDs'>
  notices: Pick<Notices, 'add'>
  /** In practice nobody outside of this computer is listened to. */
  isPractice: boolean
  now?: () => number
  gatherMs?: number
}

export interface Notifications {
  view(): NotificationsView
  makeSecret(serverId: number): string
  forgetSecret(serverId: number): void
  onChange(listener: () => void): () => void
  /** Resolves when the port is as servers and settings say. */
  apply(): Promise<void>
  close(): Promise<void>
  readonly notice: string | undefined
}

/** A CT that is told image by image, with room to spare. */
const ALLOWED = { burst: 2000, perSecond: 100 }
const GATHER_MS = 2000
/** A sender that had no answer says it again. */
const SAME_MS = 10_000
const SAME_MAX = 10_000
const NO_CERTIFICATE =
  'It is to be open over TLS, and this workstation has no certificate. Settings, Certificates makes one.'

/** R043 to R046: the port by which servers say what is new there. It is open while one of them is set to. */
export function openNotifications(parts: NotificationsParts): Notifications {
  const { servers, settings, certificates, notices } = parts
  const now = parts.now ?? Date.now
  const secrets = openSecretFile(
    parts.dataFolder,
    servers.rows().map(({ serverId }) => serverId),
  )
  const changes = new Changes()
  const counts = new Map<number, { taken: number; refused: number; lastAt: number | null; allowance: Allowance }>()
  const said = new Map<string, number>()
  const port = new KeptPort<NotificationServer>(() => void next())
  const retrieve = retrieveAnnounced({ transfers: parts.transfers, now })
  const announced = new Announced({
    ...{ notices, now, gatherMs: parts.gatherMs ?? GATHER_MS },
    find: async (uids) => Object.values(await parts.reader.findStudyUIDs(uids)).map(({ studyId }) => studyId),
  })
  let strangers = 0
  let problem = ''
  let closed = false
  let turn: Promise<void> = Promise.resolve()

  const telling = () => (parts.isPractice ? [] : servers.rows().filter(({ notifyOn }) => notifyOn))
  const countOf = (serverId: number) => {
    const known = counts.get(serverId)
    const count = known ?? { taken: 0, refused: 0, lastAt: null, allowance: new Allowance(ALLOWED, now()) }
    counts.set(serverId, count)
    return count
  }
  const caller = (secret: string): number | undefined => {
    const serverId = secrets.owner(
      secret,
      telling().map((row) => row.serverId),
    )
    if (serverId === undefined) {
      strangers += 1
      changes.tell()
      return undefined
    }
    if (countOf(serverId).allowance.take(now())) return serverId
    countOf(serverId).refused += 1
    changes.tell()
    throw new CallRefusal(429, 'Too many messages. Send it again in a second.')
  }
  const take = async (serverId: number, message: NotificationMessage): Promise<void> => {
    const server = servers.get(serverId)
    const key = `${serverId} ${keyOf(message)}`
    const at = now()
    if (at - (said.get(key) ?? Number.NEGATIVE_INFINITY) >= SAME_MS) {
      if (server.notifyRetrieve && server.queryRetrieve) await retrieve(serverId, message)
      announced.add(server, message)
      said.delete(key)
      said.set(key, at)
      const [oldest] = said.keys()
      if (said.size > SAME_MAX && oldest !== undefined) said.delete(oldest)
    }
    const count = countOf(serverId)
    count.taken += 1
    count.lastAt = at
    changes.tell()
  }

  async function applyNow(): Promise<void> {
    const { notificationPort, notificationTls, bindAddress } = settings.current()
    const identity = notificationTls ? certificates.identity() : undefined
    const isWanted = !closed && telling().length > 0
    problem = isWanted && notificationTls && !identity ? NO_CERTIFICATE : ''
    const also = identity ? createHash('sha256').update(identity.certificate).digest('hex') : ''
    const wanted = isWanted && problem === '' ? { port: notificationPort, host: bindAddress, also } : undefined
    await port.apply(wanted, () =>
      NotificationServer.listen({
        ...{ port: notificationPort, host: bindAddress === '' ? undefined : bindAddress, identity, caller, take },
        refused: (serverId) => {
          countOf(serverId).refused += 1
          changes.tell()
        },
      }),
    )
    changes.tell()
  }
  const next = () => {
    turn = turn.then(applyNow).catch(() => {})
    return turn
  }
  const stops = [servers.onChange(next), settings.onChange(next), certificates.onChange(next)]

  return {
    notice: secrets.notice,
    view() {
      const why = problem || port.problem
      const state = why !== '' ? 'failed' : port.server ? 'open' : 'closed'
      return {
        ...{ state, problem: why, strangers, port: port.server?.port ?? settings.current().notificationPort },
        tls: settings.current().notificationTls,
        servers: servers.rows().flatMap(({ serverId }) => {
          const { taken = 0, refused = 0, lastAt = null } = counts.get(serverId) ?? {}
          const hasSecret = secrets.has(serverId)
          return hasSecret || taken + refused > 0 ? [{ serverId, hasSecret, taken, refused, lastAt }] : []
        }),
      }
    },
    makeSecret(serverId) {
      servers.get(serverId)
      const secret = secrets.make(serverId)
      changes.tell()
      return secret
    },
    forgetSecret(serverId) {
      secrets.forget(serverId)
      changes.tell()
    },
    onChange: (listener) => changes.onChange(listener),
    apply: next,
    async close() {
      closed = true
      for (const stop of stops) stop()
      await next()
      announced.close()
    },
  }
}
