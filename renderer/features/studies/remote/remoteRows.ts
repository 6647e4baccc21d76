import type { OutputOf } from '#shared/contract/operation.ts'
import type { RemoteStudy, studies } from '#shared/contract/studies.ts'
import type { TransferRow } from '#shared/contract/transfers.ts'
import type { Sort } from '../filter/browserState.ts'

export type RemoteItem = OutputOf<typeof studies.findRemote>

export interface RemoteRow extends RemoteStudy {
  /** In the order of arrival; what is selected stays selected while more comes. */
  key: number
}

/** The study here, where all of it is: as found, or as this page's own retrieve has brought it since. */
export function completeHere(
  row: Pick<RemoteStudy, 'localStudyId' | 'localInstances' | 'instances'>,
  transfer: (Pick<TransferRow, 'state' | 'studyIds' | 'done'> & { isWhole: boolean }) | undefined,
): number | undefined {
  const brought = transfer?.state === 'done' && transfer.studyIds.length === 1 ? transfer.studyIds[0] : undefined
  if (brought !== undefined && transfer && broughtAll(row, transfer)) return brought
  const all = row.instances !== null && row.instances > 0 && row.localInstances >= row.instances
  return all ? (row.localStudyId ?? undefined) : undefined
}

/** A retrieve of some series brings a part; and what it brought may be a part by now, where the server has more since. */
export function broughtAll(
  { instances }: Pick<RemoteStudy, 'instances'>,
  { done, isWhole }: { done: number; isWhole: boolean },
): boolean {
  return instances === null ? isWhole : done >= instances
}

/** The study of which images come at this moment: it can be looked at while the rest is on its way. */
export function arrivingOf(transfer: Pick<TransferRow, 'endedAt' | 'studyIds'> | undefined): number | undefined {
  return transfer?.endedAt === null ? transfer.studyIds[0] : undefined
}

export interface ServerProgress {
  serverId: number
  count: number
  state: 'asking' | 'finished' | 'failed'
  capped: boolean
  elapsedMs: number
  error: string | null
  /** The first day that its studies are shown from; '' = all of them. */
  from: string
}

export interface RemoteFindings {
  rows: readonly RemoteRow[]
  servers: readonly ServerProgress[]
}

export function askingOf(serverIds: readonly number[]): RemoteFindings {
  const servers = serverIds.map((serverId) => ({
    serverId,
    count: 0,
    state: 'asking' as const,
    capped: false,
    elapsedMs: 0,
    error: null,
    from: '',
  }))
  return { rows: [], servers }
}

/** Adds what one server said. A server that names a study twice has it once. */
export function addItem(findings: RemoteFindings, item: RemoteItem): RemoteFindings {
  if (item.kind === 'finished') {
    const { serverId, count, capped, elapsedMs, error, from } = item
    const state = error === null ? ('finished' as const) : ('failed' as const)
    return update(findings, serverId, () => ({ serverId, count, capped, elapsedMs, error, state, from }))
  }
  const known = new Set(findings.rows.map(identity))
  const fresh = item.studies.filter((study) => !known.has(identity(study)) && known.add(identity(study)))
  const first = findings.rows.length
  const rows = [...findings.rows, ...fresh.map((study, index) => ({ ...study, key: first + index }))]
  return update({ ...findings, rows }, item.serverId, (server) => ({ ...server, count: server.count + fresh.length }))
}

function update(
  findings: RemoteFindings,
  serverId: number,
  change: (server: ServerProgress) => ServerProgress,
): RemoteFindings {
  return {
    ...findings,
    servers: findings.servers.map((server) => (server.serverId === serverId ? change(server) : server)),
  }
}

function identity(study: RemoteStudy): string {
  return `${study.serverId}\n${study.studyInstanceUID}`
}

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true })

/** By character: read as numbers, a day with a time would be later than any day without one. */
const whenOf = ({ studyDate, studyTime }: RemoteRow) => `${studyDate} ${studyTime}`
const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Sorted as the local list is; equal rows stay in the order of arrival. */
export function sortRemote(rows: readonly RemoteRow[], sort: Sort): RemoteRow[] {
  const direction = sort.descending ? -1 : 1
  const by = (row: RemoteRow): string | number => {
    if (sort.column === 'modalities') return row.modalities.join(', ')
    if (sort.column === 'series') return row.series ?? -1
    if (sort.column === 'instances') return row.instances ?? -1
    if (sort.column === 'source') return row.serverId
    if (sort.column === 'receivedAt') return row.key
    return row[sort.column]
  }
  return [...rows].sort((a, b) => {
    if (sort.column === 'studyDate') return compareText(whenOf(a), whenOf(b)) * direction || a.key - b.key
    const [left, right] = [by(a), by(b)]
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : collator.compare(String(left), String(right))
    return order * direction || a.key - b.key
  })
}

/** How many studies each day has, for rows that are sorted by date. */
export function daysOf(rows: readonly RemoteRow[]): { date: string; count: number }[] {
  const days: { date: string; count: number }[] = []
  for (const { studyDate } of rows) {
    const last = days.at(-1)
    if (last?.date === studyDate) last.count += 1
    else days.push({ date: studyDate, count: 1 })
  }
  return days
}
