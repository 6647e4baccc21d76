import { restProblem } from '#shared/contract/rest.ts'
import { type ListProblem, type ServerFields, serverFields } from '#shared/contract/servers.ts'
import { isTaken } from './freeName.ts'
import { newServer } from './newServer.ts'

type Key = keyof ServerFields

/** What may stand in a section, and what it becomes. */
const KEYS: Readonly<Record<string, Key>> = {
  ae_title: 'aeTitle',
  host: 'host',
  port: 'port',
  listen_port: 'listenPort',
  description: 'description',
  preferred_compression: 'preferredCompression',
  tls: 'tls',
  verify_certificate: 'verifyCertificate',
  trust: 'trust',
  pinned_certificate: 'pinnedCertificate',
  expected_name: 'expectedName',
  show_our_certificate: 'clientCertificate',
  query_retrieve: 'queryRetrieve',
  retrieve_by: 'retrieveBy',
  query_root: 'queryRoot',
  worklist_ae_title: 'worklistAETitle',
  scheduled_station_ae_title: 'scheduledStationAETitle',
  ask_commitment: 'askCommitment',
  one_association_per_image: 'associationPerInstance',
  rest: 'restOn',
  rest_url: 'restUrl',
  rest_kind: 'restKind',
  rest_authentication: 'restAuthentication',
  rest_user: 'restUser',
  rest_trust: 'restTrust',
  rest_pinned_certificate: 'restPinnedCertificate',
  rest_show_our_certificate: 'restClientCertificate',
  rest_query: 'restQuery',
  rest_retrieve: 'restRetrieve',
  rest_send: 'restSend',
  rest_limit: 'restLimit',
  rest_cache_threshold: 'restCacheThreshold',
  notifications: 'notifyOn',
  notification_address: 'notifyAddress',
  notification_retrieve: 'notifyRetrieve',
}
const REQUIRED = ['ae_title', 'host', 'port']
const YES = new Set(['yes', 'true', 'on', '1'])
const NO = new Set(['no', 'false', 'off', '0'])
const MOST_SERVERS = 5000

interface Section {
  name: string
  line: number
  values: Map<string, { text: string; line: number }>
}

/** R020. A line that is wrong is said with its number; a server that is right works whatever stands beside it. */
export function readServersIni(text: string, ownPort: number): { servers: ServerFields[]; problems: ListProblem[] } {
  const problems: ListProblem[] = []
  const say = (line: number, reason: string) => problems.push({ where: `line ${line}`, reason })
  const servers: ServerFields[] = []
  for (const section of sectionsOf(text, say).slice(0, MOST_SERVERS)) {
    const names = servers.map(({ name }) => name)
    if (isTaken(section.name, names)) {
      say(section.line, `[${section.name}] stands there twice; the first one is used.`)
      continue
    }
    const missing = REQUIRED.filter((key) => !section.values.has(key))
    if (missing.length > 0) {
      say(section.line, `[${section.name}] lacks ${missing.join(', ')}.`)
      continue
    }
    const fields = fieldsOf(section, ownPort, say)
    if (fields) servers.push(fields)
  }
  return { servers, problems }
}

function sectionsOf(text: string, say: (line: number, reason: string) => void): Section[] {
  const sections: Section[] = []
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = index + 1
    const words = raw.trim()
    if (words === '' || words.startsWith(';') || words.startsWith('#')) continue
    const [, name] = /^\[(.*)\]$/.exec(words) ?? []
    const current = sections.at(-1)
    const at = words.indexOf('=')
    if (name !== undefined) sections.push({ name: name.trim(), line, values: new Map() })
    else if (at < 0) say(line, `"${clip(words)}" is no line of the form key = value.`)
    else if (!current) say(line, 'A [name of a server] must stand before the first value.')
    else {
      const key = words.slice(0, at).trim().toLowerCase()
      if (!Object.hasOwn(KEYS, key))
        say(line, `"${clip(key)}" is not known; known are ${Object.keys(KEYS).join(', ')}.`)
      else current.values.set(key, { text: words.slice(at + 1).trim(), line })
    }
  }
  return sections
}

function fieldsOf(
  section: Section,
  ownPort: number,
  say: (line: number, reason: string) => void,
): ServerFields | undefined {
  const base = newServer(section.name, ownPort)
  const values: Record<string, unknown> = { ...base }
  for (const [key, { text }] of section.values) {
    const field = KEYS[key]
    if (field) values[field] = typedValue(text, base[field])
  }
  const parsed = serverFields.safeParse(values)
  const together = parsed.success ? restProblem(parsed.data) : undefined
  if (parsed.success && !together) return parsed.data
  const issues = together ? [{ path: [together.field], message: together.message }] : (parsed.error?.issues ?? [])
  for (const { path, message } of issues) {
    const key = Object.keys(KEYS).find((one) => KEYS[one] === path[0])
    const line = (key && section.values.get(key)?.line) || section.line
    say(line, `${key ?? 'The name'}: ${message} [${clip(section.name)}] is left out.`)
  }
  return undefined
}

/** As the default's type asks; what does not fit is left to the schema, which has the words. */
function typedValue(text: string, like: unknown): unknown {
  if (typeof like === 'number') return /^\d{1,6}$/.test(text) ? Number(text) : text
  if (typeof like !== 'boolean') return text
  if (YES.has(text.toLowerCase())) return true
  return NO.has(text.toLowerCase()) ? false : text
}

const clip = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}...` : text)
