import { z } from 'zod'
import { restProblem } from '#shared/contract/rest.ts'
import { type ListProblem, type ServerFields, serverFields } from '#shared/contract/servers.ts'
import { readCsv, writeCsv } from './csv.ts'
import { newServer } from './newServer.ts'

const MOST_SERVERS = 5000
const KIND = 'negatoscope-servers'
const file = z.object({ kind: z.literal(KIND), servers: z.array(z.unknown()).max(MOST_SERVERS) })

/** Columns of the CSV file: what a person edits in a table. Lists stay with the defaults. */
const COLUMNS = [
  ...(['name', 'aeTitle', 'host', 'port', 'listenPort', 'description', 'queryRetrieve', 'retrieveBy'] as const),
  ...(['queryRoot', 'preferredCompression', 'tls', 'verifyCertificate', 'trust', 'pinnedCertificate'] as const),
  ...(['expectedName', 'clientCertificate', 'worklistAETitle', 'scheduledStationAETitle'] as const),
  ...(['askCommitment', 'associationPerInstance'] as const),
  ...(['restOn', 'restUrl', 'restKind', 'restAuthentication', 'restUser', 'restTrust'] as const),
  ...(['restPinnedCertificate', 'restClientCertificate', 'restQuery', 'restRetrieve', 'restSend'] as const),
  ...(['restLimit', 'restCacheThreshold', 'notifyOn', 'notifyAddress', 'notifyRetrieve'] as const),
] as const
const REQUIRED = ['name', 'aeTitle', 'host', 'port']

export function writeList(servers: readonly ServerFields[], format: 'json' | 'csv'): string {
  if (format === 'json') return `${JSON.stringify({ kind: KIND, servers }, undefined, 2)}\n`
  return writeCsv([[...COLUMNS], ...servers.map((server) => COLUMNS.map((column) => String(server[column])))])
}

/** Either form, told by its first sign. What is wrong is said by line or entry; the rest is taken. */
export function readList(text: string, ownPort: number): { servers: ServerFields[]; problems: ListProblem[] } {
  return text.trimStart().startsWith('{') ? readJson(text, ownPort) : readTable(text, ownPort)
}

function readJson(text: string, ownPort: number) {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return nothing('This is not JSON; it may have been cut off.')
  }
  const parsed = file.safeParse(json)
  if (!parsed.success) return nothing('This is no list of servers that was exported here.')
  return gather(
    parsed.data.servers.map((entry, index) => ({ where: `entry ${index + 1}`, entry })),
    ownPort,
  )
}

function readTable(text: string, ownPort: number) {
  const [head, ...rows] = readCsv(text)
  const columns = head?.cells.map((cell) => COLUMNS.find((one) => one.toLowerCase() === cell.trim().toLowerCase()))
  const missing = REQUIRED.filter((name) => !columns?.some((column) => column === name))
  if (!columns || missing.length > 0)
    return nothing(
      `The first line must name the columns; ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
    )
  const entries = rows.slice(0, MOST_SERVERS).map(({ line, cells }) => {
    const given = cells.flatMap((cell, index) => {
      const column = columns[index]
      return column && cell.trim() !== '' ? [[column, typed(cell.trim(), newServer('', 1)[column])]] : []
    })
    return { where: `line ${line}`, entry: Object.fromEntries(given) as unknown }
  })
  return gather(entries, ownPort)
}

function gather(entries: readonly { where: string; entry: unknown }[], ownPort: number) {
  const servers: ServerFields[] = []
  const problems: ListProblem[] = []
  for (const { where, entry } of entries) {
    const given = typeof entry === 'object' && entry !== null ? entry : {}
    const missing = REQUIRED.filter((name) => !Object.hasOwn(given, name))
    if (missing.length > 0) {
      problems.push({ where, reason: `It lacks ${missing.join(', ')}.` })
      continue
    }
    const parsed = serverFields.safeParse({ ...newServer('', ownPort), ...given })
    const together = parsed.success && restProblem(parsed.data)
    if (together) problems.push({ where, reason: `${together.field}: ${together.message}` })
    else if (parsed.success) servers.push(parsed.data)
    else
      for (const { path, message } of parsed.error.issues)
        problems.push({ where, reason: `${path.map(String).join('.')}: ${message}` })
  }
  return { servers, problems }
}

function typed(text: string, like: unknown): unknown {
  if (typeof like === 'number') return /^\d{1,6}$/.test(text) ? Number(text) : text
  if (typeof like === 'boolean')
    return /^(true|yes|1)$/i.test(text) ? true : /^(false|no|0)$/i.test(text) ? false : text
  return text
}

const nothing = (reason: string) => ({ servers: [], problems: [{ where: 'file', reason }] })
