import { restProblem } from '#shared/contract/rest.ts'
import { type ListProblem, type ServerFields, serverFields } from '#shared/contract/servers.ts'
import { FLAT_PARTS, type FlatPart, withFlatParts } from './flatParts.ts'
import { isTaken } from './freeName.ts'
import { issueWords } from './issueWords.ts'
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
const PARTS: Readonly<Record<string, FlatPart>> = {
  store_ae_title: 'storeAETitle',
  store_host: 'storeHost',
  store_port: 'storePort',
  studies_shown: 'studiesShown',
  retrieve_when: 'retrieveWhen',
  storage_folder: 'storageFolder',
  search_limit: 'searchLimit',
  send_from: 'sendFrom',
  send_until: 'sendUntil',
  accepted_classes: 'acceptedClasses',
  accepted_syntaxes: 'acceptedSyntaxes',
}
const KNOWN = [...Object.keys(KEYS), ...Object.keys(PARTS)]
const REQUIRED = ['ae_title', 'host', 'port']
const YES = new Set(['yes', 'true', 'on', '1'])
const NO = new Set(['no', 'false', 'off', '0'])
const MOST_SERVERS = 5000
const MOST_PROBLEMS = 200

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
  const sections = sectionsOf(text, say)
  const beyond = sections[MOST_SERVERS]
  if (beyond) say(beyond.line, `Only the first ${MOST_SERVERS.toLocaleString('en')} servers are read.`)
  for (const section of sections.slice(0, MOST_SERVERS)) {
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
  problems.sort((a, b) => lineOf(a) - lineOf(b))
  const more = problems.length - MOST_PROBLEMS
  if (more <= 0) return { servers, problems }
  const rest = { where: 'file', reason: `${more.toLocaleString('en')} more lines are not right.` }
  return { servers, problems: [...problems.slice(0, MOST_PROBLEMS), rest] }
}

const lineOf = ({ where }: ListProblem) => Number(where.replace('line ', ''))

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
      if (!KNOWN.includes(key)) say(line, `"${clip(key)}" is not known; ${meant(key)}`)
      else if (current.values.has(key))
        say(line, `${key} stands in [${clip(current.name)}] twice; the first one is used.`)
      else current.values.set(key, { text: unquoted(words.slice(at + 1).trim()), line })
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
  const parts: Partial<Record<FlatPart, string>> = {}
  for (const [key, { text }] of section.values) {
    const [field, part] = [KEYS[key], PARTS[key]]
    if (field) values[field] = typedValue(text, base[field])
    if (part) parts[part] = text
  }
  const parsed = serverFields.safeParse({ ...values, ...withFlatParts(parts, values) })
  const together = parsed.success ? restProblem(parsed.data) : undefined
  if (parsed.success && !together) return parsed.data
  const issues = together
    ? [{ path: [together.field], message: together.message }]
    : (parsed.error?.issues ?? []).map((issue) => ({ path: issue.path, message: issueWords(issue) }))
  for (const { path, message } of issues) {
    const key = keyOf(path.map(String))
    const given = key === undefined ? undefined : section.values.get(key)
    const remark = given && /\s[;#]/.test(given.text) ? ' A remark needs a line of its own.' : ''
    say(given?.line ?? section.line, `${key ?? 'The name'}: ${message}${remark} [${clip(section.name)}] is left out.`)
  }
  return undefined
}

/** Which key of the file a value of the schema came from. */
function keyOf(path: readonly string[]): string | undefined {
  const isOf = (place: string) => path.join('.') === place || path.join('.').startsWith(`${place}.`)
  return KNOWN.find((key) => {
    const [field, part] = [KEYS[key], PARTS[key]]
    return (field !== undefined && isOf(field)) || (part !== undefined && isOf(FLAT_PARTS[part]))
  })
}

/** A key that was probably mistyped is named alone; a list of fifty helps nobody. */
function meant(key: string): string {
  const plain = (text: string) => text.replaceAll(/[^a-z]/g, '')
  const wanted = plain(key)
  const typed = KNOWN.filter((known) => isNear(plain(known), wanted))
  const part = KNOWN.filter((known) => plain(known).includes(wanted) || wanted.includes(plain(known)))
  const near = typed.length > 0 || wanted.length < 3 ? typed : part
  return near.length > 0 ? `is ${near.slice(0, 3).join(' or ')} meant?` : 'the example servers.ini has every key.'
}

/** One letter more, less or another, or two that changed places. */
function isNear(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at += 1
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1)
  const swapped = `${long[at + 1]}${long[at]}${long.slice(at + 2)}`
  return short.slice(at + 1) === long.slice(at + 1) || short.slice(at) === swapped
}

/** As the default's type asks; what does not fit is left to the schema, which has the words. */
function typedValue(text: string, like: unknown): unknown {
  if (typeof like === 'number') return /^\d{1,6}$/.test(text) ? Number(text) : text
  if (typeof like !== 'boolean') return text
  if (YES.has(text.toLowerCase())) return true
  return NO.has(text.toLowerCase()) ? false : text
}

/** As other programs write their ini: host = "pacs.clinic". */
const unquoted = (text: string) => /^"(.*)"$/.exec(text)?.[1] ?? text

const clip = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}...` : text)
