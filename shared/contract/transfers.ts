import { z } from 'zod'
import { command, query, stream } from './operation.ts'

export const transferKind = z.enum(['receive', 'send', 'retrieve', 'import'])
export const transferState = z.enum(['waiting', 'running', 'done', 'partial', 'failed', 'cancelled', 'refused'])
export type TransferKind = z.infer<typeof transferKind>
export type TransferState = z.infer<typeof transferState>

/** How far a server answers for what it was sent (PS3.4 J): counts of images. */
export const commitmentSummary = z.object({
  /** Without an answer so far. */
  asked: z.number().int(),
  committed: z.number().int(),
  refused: z.number().int(),
  notAsked: z.number().int(),
  askedAt: z.number(),
  /** Why the question did not arrive; '' when it did. */
  note: z.string(),
})
export type CommitmentSummary = z.infer<typeof commitmentSummary>

export const transferRow = z.object({
  transferId: z.string(),
  kind: transferKind,
  state: transferState,
  /** Who is moved: patient name, or the count of studies. */
  title: z.string(),
  /** The server, the device (calling AE title and address), or the folder's name. */
  peer: z.string(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  /** Expected instances; null while unknown. */
  total: z.number().int().nullable(),
  done: z.number().int(),
  warnings: z.number().int(),
  failed: z.number().int(),
  duplicates: z.number().int(),
  bytes: z.number(),
  bytesPerSecond: z.number(),
  /** What happened and what to do next, where a person must know. */
  message: z.string(),
  canRetry: z.boolean(),
  studyIds: z.array(z.number().int()),
  /** Only where storage commitment was asked for. */
  commitment: commitmentSummary.optional(),
})
export type TransferRow = z.infer<typeof transferRow>

const itemCommitment = z.object({
  state: z.enum(['asked', 'committed', 'refused', 'not-asked']),
  /** Why not, where it is not. */
  note: z.string(),
  askedAt: z.number(),
})
export type ItemCommitment = z.infer<typeof itemCommitment>

export const transferItem = z.object({
  /** SOP Instance UID, or the file's name for what could not be read. */
  key: z.string(),
  /** `left-out`: a file of an import that is no image. */
  state: z.enum(['waiting', 'done', 'duplicate', 'warning', 'failed', 'left-out']),
  /** DIMSE status; null where none was given. */
  status: z.number().int().nullable(),
  note: z.string(),
  commitment: itemCommitment.optional(),
})
export type TransferItem = z.infer<typeof transferItem>

/** What to move: whole studies, series, or single instances of this workstation. */
export const selection = z.object({
  studyIds: z.array(z.number().int()).max(10_000).optional(),
  seriesIds: z.array(z.number().int()).max(10_000).optional(),
  instanceIds: z.array(z.number().int()).max(100_000).optional(),
})
export type Selection = z.infer<typeof selection>

const one = z.object({ transferId: z.string().max(64) })

export const transfers = {
  /** First every transfer that is kept, then each that changed. `removed` lists those cleared. */
  watch: stream({
    input: z.object({}),
    output: z.object({ rows: z.array(transferRow), removed: z.array(z.string()), snapshot: z.boolean() }),
    audit: 'none',
  }),
  items: query({ input: one, output: z.array(transferItem), audit: 'read-patient-data' }),
  send: command({
    input: z.object({ serverIds: z.array(z.number().int()).min(1).max(50), selection }),
    output: z.object({ transferIds: z.array(z.string()) }),
    audit: 'network',
  }),
  retrieve: command({
    input: z.object({
      serverId: z.number().int(),
      studies: z
        .array(
          z.object({
            studyInstanceUID: z.string().max(64),
            patientName: z.string().max(1024),
            instances: z.number().int().nullable(),
            seriesInstanceUIDs: z.array(z.string().max(64)).max(1000).optional(),
          }),
        )
        .min(1)
        .max(500),
    }),
    output: z.object({ transferIds: z.array(z.string()) }),
    audit: 'network',
  }),
  /** Opens an import; the files follow on the data plane (`PUT /data/import/{transferId}?name=`), then `finishImport`. */
  beginImport: command({
    input: z.object({ title: z.string().max(256), files: z.number().int().min(0) }),
    output: z.object({ transferId: z.string() }),
    audit: 'change-patient-data',
  }),
  finishImport: command({ input: one, output: z.object({}), audit: 'change-patient-data' }),
  cancel: command({ input: one, output: z.object({}), audit: 'network' }),
  /** Does again what failed, and only that. */
  retry: command({ input: one, output: z.object({ transferId: z.string() }), audit: 'network' }),
  /** Asks the server again to answer for what it has of a send and did not commit to so far. */
  askCommitment: command({ input: one, output: z.object({}), audit: 'network' }),
  /** Takes ended transfers off the list. */
  clear: command({
    input: z.object({ transferIds: z.array(z.string()).max(10_000) }),
    output: z.object({}),
    audit: 'none',
  }),
}
