import { z } from 'zod'
import { restProblem } from '#shared/contract/rest.ts'
import { type ListProblem, type ServerFields, serverFields } from '#shared/contract/servers.ts'
import { readCsv, writeCsv } from './csv.ts'
import { type FlatPart, flatPartNames, flatParts, withFlatParts } from './flatParts.ts'
import { issueWords } from './issueWords.ts'
import { newServer } from './newServer.ts'

const MOST_SERVERS = 5000
const KIND = 'negatoscope-servers'
const file = z.object({ kind: z.literal(KIND), servers: z.array(z.unknown()).max(MOST_SERVERS) })

/** Columns of the CSV file, behind which stand the flat parts: a table holds all that the editor does. */
const COLUMNS = [
  ...(['name', 'aeTitle', 'host', 'port', 'listenPort', 'description', 'queryRetrieve', 'retrieveBy'] as const),
  ...(['queryRoot', 'preferredCompression', 'tls', 'verifyCertificate', 'trust', 'pinnedCertificate'] as const),
  ...(['expectedName', 'clientCertificate', 'worklistAETitle', 'scheduledStationAETitle'] as const),
  ...(['askCommitment', 'associationPerInstance'] as const),
  ...(['restOn', 'restUrl', 'restKind', 'restAuthentication', 'restUser', 'restTrust'] as const),
  ...(['restPinnedCertificate', 'restClientCertificate', 'restQuery', 'restRetrieve', 'restSend'] as const),
  ...(['restLimit', 'restCacheThreshold', 'notifyOn', 'notifyAddress', 'notifyRetrieve'] as const),
] as const
type Column = (typeof COLUMNS)[number] | FlatPart
const isPart = (column: Column): column is FlatPart => flatPartNames.some((part) => part === column)
const REQUIRED = ['name', 'aeTitle', 'host', 'port']

export function writeList(servers: readonly ServerFields[], format: 'json' | 'csv'): string {
  if (format === 'json') return `${JSON.stringify({ kind: KIND, servers }, undefined, 2)}\n`
  const row = (server: ServerFields) => {
    const parts = flatParts(server)
    return [...COLUMNS.map((column) => String(server[column])), ...flatPartNames.map((part) => parts[part])]
  }
  // With its mark a spreadsheet knows UTF-8, and leaves letters beyond ASCII as they are.
  return `\uFEFF${writeCsv([[...COLUMNS, ...flatPartNames], ...servers.map(row)])}`
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
  const known: readonly Column[] = [...COLUMNS, ...flatPartNames]
  const columns = head?.cells.map((cell) => known.find((one) => one.toLowerCase() === cell.trim().toLowerCase()))
  const missing = REQUIRED.filter((name) => !columns?.some((column) => column === name))
  if (!columns || missing.length > 0)
    return nothing(
      `The first line must name the columns; ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
    )
  const base = newServer('', ownPort)
  const entries = rows.slice(0, MOST_SERVERS).map(({ line, cells }) => {
    const given: Record<string, unknown> = {}
    const parts: Partial<Record<FlatPart, string>> = {}
    for (const [index, cell] of cells.entries()) {
      const column = columns[index]
      if (column === undefined || cell.trim() === '') continue
      if (isPart(column)) parts[column] = cell.trim()
      else given[column] = typed(cell.trim(), base[column])
    }
    return { where: `line ${line}`, entry: { ...given, ...withFlatParts(parts, { ...base, ...given }) } as unknown }
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
      for (const issue of parsed.error.issues)
        problems.push({ where, reason: `${issue.path.map(String).join('.')}: ${issueWords(issue)}` })
  }
  return { servers, problems }
}

/** A spreadsheet writes true and false anew, in its own language. */
const YES = /^(true|yes|on|1|wahr|ja|vrai|oui|verdadero|vero)$/i
const NO = /^(false|no|off|0|falsch|nein|faux|non|falso)$/i

function typed(text: string, like: unknown): unknown {
  if (typeof like === 'number') return /^\d{1,6}$/.test(text) ? Number(text) : text
  if (typeof like === 'boolean') return YES.test(text) ? true : NO.test(text) ? false : text
  return text
}

const nothing = (reason: string) => ({ servers: [], problems: [{ where: 'file', reason }] })
