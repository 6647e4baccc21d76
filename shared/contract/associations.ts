import { z } from 'zod'
import { query, stream } from './operation.ts'

export const associationState = z.enum([
  'open',
  'released',
  'aborted',
  'lost',
  'timed-out',
  /** This workstation, or its DICOM thread, stopped under it. */
  'interrupted',
  'refused',
  /** A call of ours that did not become an association. */
  'failed',
])
export type AssociationState = z.infer<typeof associationState>

/**
 * One association that somebody asked us for, a connection refused before it asked (without AE titles), or several equal refusals in a row. No
 * patient data, ever.
 */
export const associationRow = z.object({
  associationId: z.string(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  state: associationState,
  /** Somebody called us, or we called a server: then the calling AE title is ours. */
  direction: z.enum(['in', 'out']),
  /** Requests over HTTP (PS3.18): one user, or one call of ours. Its names are a user and a server. Else DIMSE. */
  over: z.literal('web').optional(),
  callingAETitle: z.string(),
  calledAETitle: z.string(),
  address: z.string(),
  /** `TLSv1.3, certificate CN=...`; '' over a connection that is not secured. */
  security: z.string(),
  /** How it ended, or why it was refused, as a sentence; '' where the state says it all. */
  sentence: z.string(),
  /** How often the same was refused within ten minutes; 1 for one that was accepted. */
  times: z.number().int(),
  bytesReceived: z.number(),
  bytesSent: z.number(),
  /** Requests by how they ended. */
  succeeded: z.number().int(),
  warned: z.number().int(),
  failed: z.number().int(),
})
export type AssociationRow = z.infer<typeof associationRow>

/** One request over HTTP, and what came of it: never a path, a query or a body, for these name patients. */
const webStep = z.object({
  /** From the beginning of the row on. */
  ms: z.number(),
  /** `Search studies`. */
  what: z.string(),
  /** Of HTTP; 0 where there was no answer. */
  status: z.number().int(),
  bytes: z.number(),
  /** Why it was refused or broke off; '' when it was not. */
  sentence: z.string(),
})
export type WebStep = z.infer<typeof webStep>

export const associationDetails = z.object({
  implementation: z.string(),
  maxPduLength: z.number(),
  /** Result, source and reason of the refusal (PS3.8 Table 9-21). */
  rejection: z.object({ result: z.number(), source: z.number(), reason: z.number() }).nullable(),
  contexts: z.array(
    z.object({
      abstractSyntax: z.string(),
      transferSyntaxes: z.array(z.string()),
      /** PS3.8 Table 9-18; null when the whole association was refused. */
      result: z.number().nullable(),
      transferSyntax: z.string(),
    }),
  ),
  /** By who asked, command field (PS3.7 E.1) and final status. */
  operations: z.array(
    z.object({ by: z.enum(['peer', 'us']), commandField: z.number(), status: z.number(), count: z.number() }),
  ),
  /** The first requests one by one; `ms` from the beginning on. */
  steps: z.array(
    z.object({
      ms: z.number().int(),
      by: z.enum(['peer', 'us']),
      commandField: z.number(),
      status: z.number(),
      sopClassUID: z.string(),
    }),
  ),
  /** The first requests one by one, of what went over HTTP. */
  web: z.array(webStep).optional(),
  /** The first of those that ended as warning or failure. */
  failures: z.array(
    z.object({
      by: z.enum(['peer', 'us']),
      commandField: z.number(),
      status: z.number(),
      errorComment: z.string(),
      sopClassUID: z.string(),
      sopInstanceUID: z.string(),
    }),
  ),
})
export type AssociationDetails = z.infer<typeof associationDetails>

export const associationKind = z.enum(['all', 'accepted', 'refused'])
export type AssociationKind = z.infer<typeof associationKind>

const direction = z.enum(['all', 'in', 'out'])
export type AssociationDirection = z.infer<typeof direction>

/** Which connections; `text` is looked for in AE titles, address and sentence. */
const filter = {
  kind: associationKind,
  direction: direction.default('all'),
  text: z.string().max(64).default(''),
}

/** Where the page before ended. */
const cursor = z.object({ startedAt: z.number(), associationId: z.string().max(64) })

export const associations = {
  /** Newest first. `next` leads to the page behind; null at the end. */
  list: query({
    input: z.object({
      ...filter,
      before: cursor.nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.object({ rows: z.array(associationRow), next: cursor.nullable() }),
    audit: 'none',
  }),
  /** What was proposed, accepted, asked and answered. */
  details: query({
    input: z.object({ associationId: z.string().max(64) }),
    output: associationDetails,
    audit: 'none',
  }),
  /** The newest, at once and whenever something changes. */
  watch: stream({
    input: z.object({ ...filter, limit: z.number().int().min(1).max(500) }),
    output: z.object({ rows: z.array(associationRow), more: z.boolean() }),
    audit: 'none',
  }),
}
