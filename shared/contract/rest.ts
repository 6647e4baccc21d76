import { z } from 'zod'
import { webAddressProblem } from '#shared/network/webAddress.ts'

export const restKind = z.enum(['dicomweb', 'orthanc'])
export const restAuthentication = z.enum(['none', 'basic', 'bearer'])
/** As for DICOM over TLS; `nobody`: encrypted, but nobody checks who answers. */
export const restTrust = z.enum(['system', 'authorities', 'pinned', 'nobody'])

const webAddress = z
  .string()
  .trim()
  .max(1000, 'At most 1000 characters.')
  .superRefine((value, context) => {
    const problem = value === '' ? undefined : webAddressProblem(value)
    if (problem) context.addIssue({ code: 'custom', message: problem })
  })
const limit = (most: number) => z.number().int().min(0, 'A whole number, 0 or more.').max(most, `At most ${most}.`)

/** R034 to R040: how a server is asked over HTTP, beside or instead of DICOM. The password is kept elsewhere. */
export const restFields = {
  restOn: z.boolean().default(false),
  /** Root of its DICOMweb services; of an Orthanc the root of its REST interface. */
  restUrl: webAddress.default(''),
  restKind: restKind.default('dicomweb'),
  restAuthentication: restAuthentication.default('none'),
  restUser: z
    .string()
    .max(256, 'At most 256 characters.')
    // RFC 7617 2: a user name without colon; control characters would end a header.
    .regex(/^[^:\p{Cc}]*$/u, 'A user name has no colon.')
    .default(''),
  restTrust: restTrust.default('system'),
  restPinnedCertificate: z
    .string()
    .regex(/^(([0-9A-F]{2}:){31}[0-9A-F]{2})?$/, 'A SHA-256 fingerprint is 32 pairs of digits, as AB:CD:...')
    .default(''),
  restClientCertificate: z.boolean().default(true),
  /** What goes over HTTP instead of DICOM. */
  restQuery: z.boolean().default(true),
  restRetrieve: z.boolean().default(true),
  restSend: z.boolean().default(true),
  /** R038: studies that one search brings over HTTP; 0 = all. */
  restLimit: limit(100_000).default(0),
  /** R040: so many changes at the server are caught up with one by one; after more, everything is read again. */
  restCacheThreshold: limit(1000).default(50),
}

const parsed = z.object(restFields)
export type RestFields = z.infer<typeof parsed>

/** Of a server that is called by DICOM alone. */
export const restOff: RestFields = parsed.parse({})

/** What the fields say together that each of them alone cannot. */
export function restProblem(fields: RestFields): { field: keyof RestFields; message: string } | undefined {
  if (!fields.restOn) return undefined
  if (fields.restUrl === '')
    return { field: 'restUrl', message: 'Enter its web address, such as https://pacs.example/dicom-web' }
  if (fields.restAuthentication === 'basic' && fields.restUser === '')
    return { field: 'restUser', message: 'Enter the user name that its administrator gave.' }
  if (fields.restUrl.startsWith('https:') && fields.restTrust === 'pinned' && fields.restPinnedCertificate === '')
    return { field: 'restPinnedCertificate', message: 'Look at what the server shows, compare it, and pin it.' }
  return undefined
}

/** No DICOM connection is made to it at all. */
export function isWebAlone(fields: RestFields): boolean {
  return fields.restOn && fields.restQuery && fields.restRetrieve && fields.restSend
}

export const probe = z.object({
  ok: z.boolean(),
  elapsedMs: z.number(),
  /** What happened, who puts it right, how. */
  sentence: z.string().max(4000),
  /** The exact words, for its administrator: `HTTP 401`, `ECONNREFUSED`. */
  technical: z.string().max(500),
  /** What it says of itself: name, version, patients, studies. */
  facts: z.array(z.object({ label: z.string().max(100), value: z.string().max(300) })).max(20),
  /** It is of the other kind than the one chosen; `url` is the address that suits it. */
  suggestion: z.object({ kind: restKind, url: z.string().max(1000) }).nullable(),
})
export type Probe = z.infer<typeof probe>

/** Nothing that is sent back holds a secret; this is what may come in. */
export const secret = z
  .string()
  .max(4096, 'At most 4096 characters.')
  .regex(/^\P{Cc}*$/u, 'A password or token has no line breaks or control characters.')

export const credentialsView = z.object({
  /** Where passwords are kept; '' when nowhere. */
  kept: z.string(),
  /** Why they cannot be kept or read; '' when they can. */
  problem: z.string(),
  /** Servers with a password, and the web site that alone gets it. */
  servers: z.array(z.object({ serverId: z.number().int(), origin: z.string() })),
})
export type CredentialsView = z.infer<typeof credentialsView>
