import { z } from 'zod'
import { aeTitleProblem } from '#shared/dicom/aeTitle.ts'
import { certificateInfo } from './certificates.ts'
import { command, query, stream } from './operation.ts'
import { credentialsView, probe, restFields, secret } from './rest.ts'

export const preferredCompression = z.enum([
  'none',
  'jpeg-lossless',
  'jpeg-ls-lossless',
  'jpeg-2000-lossless',
  'jpeg-baseline',
  'rle',
])

const aeTitle = z.string().superRefine((value, context) => {
  const problem = aeTitleProblem(value)
  if (problem) context.addIssue({ code: 'custom', message: problem })
})
/** An AE title, or '' where the server has none of its own for this. */
const optionalAETitle = z
  .string()
  .superRefine((value, context) => {
    const problem = value === '' ? undefined : aeTitleProblem(value)
    if (problem) context.addIssue({ code: 'custom', message: problem })
  })
  .default('')
const port = z
  .number('A port is a number from 1 to 65535.')
  .int()
  .min(1, 'A port is a number from 1 to 65535.')
  .max(65535, 'A port is a number from 1 to 65535.')

/** IPv4, IPv6 (with or without zone) or a domain name (R011). */
const host = z
  .string()
  .trim()
  .min(1, 'Enter an address: a name, IPv4 or IPv6.')
  .max(253, 'A host name has at most 253 characters.')
  .regex(/^[A-Za-z0-9._:%\-[\]]+$/, 'Only a name or an address: no spaces, no http://, no port.')

export const retrieveBy = z.enum(['move', 'get'])
export const queryRoot = z.enum(['study', 'patient'])

/** R021: where images are sent, when that is another place than the one that is asked. */
const storeEndpoint = z.object({ aeTitle, host, port })

const day = z.string().regex(/^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/, 'A day is written as 2026-11-21.')
/** R032, R033: from when on its studies are shown at all. */
export const queryDates = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('since'), date: day }),
  z.object({
    kind: z.literal('last'),
    count: z.number().int().min(1, 'At least 1.').max(999, 'At most 999.'),
    unit: z.enum(['days', 'months', 'years']),
  }),
])
export type QueryDates = z.infer<typeof queryDates>

/** R027 to R031, R039: how its studies come here. */
export const retrieving = z.object({
  /** `button`: when a person asks; `select`: as soon as one is selected; `folder`: when asked, from its storage folder. */
  mode: z.enum(['button', 'select', 'folder']),
  /** R030: where it keeps its files, as this computer sees it. */
  folder: z.string().trim().max(4096, 'At most 4096 characters.'),
  /** R039: studies of one search; 0 = as many as it has. */
  searchLimit: z.number().int().min(0, 'At least 0.').max(100_000, 'At most 100,000; 0 is no limit.'),
})
export type Retrieving = z.infer<typeof retrieving>
export const usualRetrieving: Retrieving = { mode: 'button', folder: '', searchLimit: 500 }

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time as 20:00.')
/** When it is sent to, by this computer's clock; over midnight where `from` is the later one. */
const sendHours = z
  .object({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from !== to, { message: 'Enter another time than the first one.', path: ['to'] })

export const trust = z.enum(['system', 'authorities', 'pinned'])

const uid = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z.]{0,63}$/, 'This is not a UID.')

export const serverFields = z.object({
  name: z.string().trim().min(1, 'Give the server a name.').max(64, 'At most 64 characters.'),
  aeTitle,
  host,
  port,
  /** Where its second connection of a retrieve reaches us (R013). */
  listenPort: port,
  preferredCompression,
  description: z.string().max(1024, 'At most 1024 characters.'),
  tls: z.boolean(),
  verifyCertificate: z.boolean(),
  /** Whose certificates are good: the system's authorities, those of Settings, or one certificate alone. */
  trust: trust.default('system'),
  /** SHA-256 of that one certificate; '' while none is chosen. */
  pinnedCertificate: z
    .string()
    .regex(/^(([0-9A-F]{2}:){31}[0-9A-F]{2})?$/, 'A SHA-256 fingerprint is 32 pairs of digits, as AB:CD:...')
    .default(''),
  /** The name that its certificate carries, where it is another than the host; '' = the host. */
  expectedName: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9.:_-]{0,253}$/, 'Only a name or an address, without spaces.')
    .default(''),
  /** Ours is shown when the server asks for one. */
  clientCertificate: z.boolean().default(true),
  queryRetrieve: z.boolean(),
  /** How images come: by a connection that it opens to us (C-MOVE), or on ours (C-GET). */
  retrieveBy: retrieveBy.default('move'),
  /** The information model that it is asked in (PS3.4 C.3). */
  queryRoot: queryRoot.default('study'),
  queryDates: queryDates.default({ kind: 'all' }),
  retrieving: retrieving.default(usualRetrieving),
  storeEndpoint: storeEndpoint.nullable().default(null),
  /** R022: the AE title that its worklist answers to; '' = it is not asked for one. */
  worklistAETitle: optionalAETitle,
  /** R023: the Scheduled Station AE Title (0040,0001) that its worklist is asked for; '' = every station. */
  scheduledStationAETitle: optionalAETitle,
  /** Each image goes over an association of its own: for servers that take no more. */
  associationPerInstance: z.boolean().default(false),
  /** After sending: does it keep what it took (PS3.4 J)? */
  askCommitment: z.boolean().default(false),
  /** null: at any hour. Urgent ones never wait for the hour. */
  sendHours: sendHours.nullable().default(null),
  /** SOP classes that we take from it; null: all. */
  acceptedClasses: z.array(uid).min(1, 'Choose at least one kind of image.').max(500).nullable().default(null),
  /** Transfer syntaxes in which we take them. */
  acceptedSyntaxes: z
    .union([z.enum(['all', 'uncompressed']), z.array(uid).min(1, 'Choose at least one encoding.').max(100)])
    .default('all'),
  ...restFields,
  /** R044: it tells us of what is new there. */
  notifyOn: z.boolean().default(false),
  /** R045: the address of ours that it calls; '' = not chosen yet. */
  notifyAddress: z
    .string()
    .trim()
    .max(253, 'At most 253 characters.')
    .regex(/^[A-Za-z0-9._:%\-[\]]*$/, 'Only a name or an address: no spaces, no http://, no port.')
    .default(''),
  /** What it tells of is retrieved at once. */
  notifyRetrieve: z.boolean().default(false),
})
export type ServerFields = z.infer<typeof serverFields>

/** It tells us nothing. */
export const notifyOff = { notifyOn: false, notifyAddress: '', notifyRetrieve: false } as const

export const echoOutcome = z.object({
  at: z.number(),
  ok: z.boolean(),
  elapsedMs: z.number(),
  /** One sentence: what happened, who puts it right, how. */
  sentence: z.string(),
  /** The exact protocol words, for the administrator: `rejected 1/1/7`, `ECONNREFUSED`. */
  technical: z.string(),
  /** Our own address as that server sees it: what its administrator must enter (R024). */
  ourAddress: z.string(),
  /** What the server showed over TLS, also where it was not trusted. */
  security: z
    .object({ protocol: z.string(), cipher: z.string(), verified: z.boolean(), certificate: certificateInfo })
    .nullable()
    .default(null),
  /** Of the whole test, where it was more than an echo. */
  verdict: z.enum(['pass', 'warn', 'fail']).optional(),
})
export type EchoOutcome = z.infer<typeof echoOutcome>

export const serverRow = serverFields.extend({
  serverId: z.number().int(),
  isDefault: z.boolean(),
  /** Counts up with each change, so that nobody overwrites what another window saved unseen. */
  revision: z.number().int().default(0),
  /** R020: of the administrator's file. */
  readOnly: z.boolean().default(false),
  /** Who changes it: a person here, the administrator's file, or the site profile that is followed. */
  setBy: z.enum(['person', 'file', 'profile']).default('person'),
  lastTest: echoOutcome.nullable(),
})
export type ServerRow = z.infer<typeof serverRow>

/** `where`: `line 12`, `entry 3`. */
export const listProblem = z.object({ where: z.string(), reason: z.string() })
export type ListProblem = z.infer<typeof listProblem>

/** R020: `servers`: how many of it are in the list. */
const siteFile = z.object({
  file: z.string(),
  found: z.boolean(),
  servers: z.number().int(),
  problems: z.array(listProblem),
})
export type SiteFileView = z.infer<typeof siteFile>

const one = z.object({ serverId: z.number().int() })

export const servers = {
  /** The whole list in the editor's order, again after each change. */
  watch: stream({ input: z.object({}), output: z.array(serverRow), audit: 'none' }),
  list: query({ input: z.object({}), output: z.array(serverRow), audit: 'none' }),
  /** Makes an entry with default values and a free name at once (R004). */
  add: command({ input: z.object({}), output: serverRow, audit: 'configure' }),
  duplicate: command({ input: one, output: serverRow, audit: 'configure' }),
  /** With a revision it is refused when somebody else has changed the server since. */
  update: command({
    input: one.extend({ fields: serverFields, revision: z.number().int().optional() }),
    output: serverRow,
    audit: 'configure',
  }),
  delete: command({ input: one, output: z.object({}), audit: 'configure' }),
  /** Takes the last delete back: same id, same place. */
  restore: command({ input: one, output: serverRow, audit: 'configure' }),
  move: command({
    input: one.extend({ by: z.union([z.literal(-1), z.literal(1)]) }),
    output: z.object({}),
    audit: 'configure',
  }),
  /** To this place among the servers that are not the administrator's. */
  place: command({
    input: one.extend({ index: z.number().int().min(0) }),
    output: z.object({}),
    audit: 'configure',
  }),
  /** The last change to the list; `done` is '' when there is none. */
  undo: command({ input: z.object({}), output: z.object({ done: z.string() }), audit: 'configure' }),
  redo: command({ input: z.object({}), output: z.object({ done: z.string() }), audit: 'configure' }),
  /** As a file that another workstation takes. */
  exportList: query({
    input: z.object({ format: z.enum(['json', 'csv']) }),
    output: z.object({ text: z.string() }),
    audit: 'none',
  }),
  /** Adds what is right in the text; each problem names its line or its entry. */
  importList: command({
    input: z.object({ text: z.string().max(5_000_000, 'This file is larger than a list of servers can be.') }),
    output: z.object({ added: z.array(z.number().int()), known: z.number().int(), problems: z.array(listProblem) }),
    audit: 'configure',
  }),
  /** The administrator's file, where there is one, and what is wrong in it. */
  site: query({
    input: z.object({}),
    output: siteFile,
    audit: 'none',
  }),
  setDefault: command({ input: one, output: z.object({}), audit: 'configure' }),
  /** Where passwords of servers are kept, and which servers have one; never the passwords. */
  credentials: query({ input: z.object({}), output: credentialsView, audit: 'none' }),
  /** The password or token of its REST user, for the web site of its saved address alone; '' forgets it. */
  keepSecret: command({ input: one.extend({ secret }), output: credentialsView, audit: 'configure' }),
  /** What answers at its web address, with the fields as they stand in the editor; `secret`: one that is not kept yet. */
  probe: command({
    input: one.extend({ fields: serverFields.optional(), secret: secret.optional() }),
    output: probe,
    audit: 'network',
  }),
  /** C-ECHO with the fields as they stand in the editor, saved or not. */
  test: command({
    input: one.extend({ fields: serverFields.optional() }),
    output: echoOutcome,
    audit: 'network',
  }),
}
