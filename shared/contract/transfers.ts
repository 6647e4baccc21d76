import { z } from 'zod'
import { command, query, stream } from './operation.ts'

export const transferKind = z.enum(['receive', 'send', 'retrieve', 'import'])
export const transferState = z.enum([
  'waiting',
  'running',
  'paused',
  'done',
  'partial',
  'failed',
  'cancelled',
  'refused',
])
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

/** What the destination of a send was found to hold, asked after it took everything. */
export const proofSummary = z.object({
  /**
   * `counting`: asked again until all is there or it has had its time. `missing`: it took images that it does not have.
   * `unknown`: it cannot be asked; nothing is proved.
   */
  state: z.enum(['counting', 'proved', 'missing', 'unknown']),
  /** It committed to each image (PS3.4 J), or each was found there (C-FIND). */
  by: z.enum(['commitment', 'find']),
  /** How many of the images are there. */
  counted: z.number().int(),
  attempts: z.number().int(),
  checkedAt: z.number().nullable(),
  nextCheckAt: z.number().nullable(),
  /** Why it is not known. */
  note: z.string(),
  /** Whose the study is at the destination, where that is somebody else than here; '' where it is not. */
  differs: z.string().default(''),
})
export type ProofSummary = z.infer<typeof proofSummary>

export const priority = z.enum(['urgent', 'normal', 'low'])
export type Priority = z.infer<typeof priority>

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
  priority: priority.default('normal'),
  /** Tries in a row that brought nothing. */
  attempts: z.number().int().default(0),
  /** When it is tried next; null: as soon as it is its turn. */
  nextAttemptAt: z.number().nullable().default(null),
  /** While it waits for the hours of its destination: when they begin. */
  opensAt: z.number().nullable().default(null),
  /** A person said to send it now, whatever the hours. */
  isAtAnyHour: z.boolean().default(false),
  /** While paused: by a person, until there is space for images again, or until this workstation listens. */
  hold: z.enum(['person', 'space', 'listener']).nullable().default(null),
  /** The rule that made it; '' where a person did. */
  ruleName: z.string().default(''),
  /** Only of sends that the destination took. */
  proof: proofSummary.nullable().default(null),
  /** When the run under way began, and how many images were through by then. */
  run: z.object({ at: z.number(), did: z.number().int() }).nullable().default(null),
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
  /** What the destination was found to hold; absent while nobody looked. */
  proof: z.enum(['there', 'missing']).optional(),
})
export type TransferItem = z.infer<typeof transferItem>

/** What to move: whole studies, series, or single instances of this workstation. */
export const selection = z.object({
  studyIds: z.array(z.number().int()).max(10_000).optional(),
  seriesIds: z.array(z.number().int()).max(10_000).optional(),
  instanceIds: z.array(z.number().int()).max(100_000).optional(),
})
export type Selection = z.infer<typeof selection>

/** What a person should know of a selection before it is sent. */
export const sendFinding = z.object({
  /**
   * `identity`: what says whose images these are. `gap`: an image that others suggest is not here. `late`: images that came
   * after the study was sent there; `instanceIds` are those.
   */
  kind: z.enum(['identity', 'gap', 'late']),
  ok: z.boolean(),
  text: z.string(),
  studyId: z.number().int(),
  seriesId: z.number().int().nullable(),
  serverId: z.number().int().nullable(),
  instanceIds: z.array(z.number().int()),
})
export type SendFinding = z.infer<typeof sendFinding>

export const sendCheck = z.object({
  studies: z.number().int(),
  series: z.number().int(),
  images: z.number().int(),
  bytes: z.number(),
  /** Pictures of the first series; null where nothing can be drawn. */
  thumbnails: z.array(z.object({ instanceId: z.number().int().nullable(), modality: z.string() })),
  findings: z.array(sendFinding),
})
export type SendCheck = z.infer<typeof sendCheck>

const one = z.object({ transferId: z.string().max(64) })
const several = z.object({ transferIds: z.array(z.string().max(64)).max(10_000) })

export const transferPage = z.object({
  /** The row after which to go on; the newest first where it is left out. */
  before: z.object({ startedAt: z.number(), transferId: z.string().max(64) }).optional(),
  kind: transferKind.optional(),
  limit: z.number().int().min(1).max(500).default(200),
})
export type TransferPage = z.infer<typeof transferPage>

export const transfers = {
  /**
   * First every transfer that has not ended, with the newest of the others, then each that changed. `removed` lists those
   * cleared. What is older is asked for with `history`.
   */
  watch: stream({
    input: z.object({}),
    output: z.object({ rows: z.array(transferRow), removed: z.array(z.string()), snapshot: z.boolean() }),
    audit: 'none',
  }),
  /** Newest first. */
  history: query({ input: transferPage, output: z.array(transferRow), audit: 'read-patient-data' }),
  items: query({ input: one, output: z.array(transferItem), audit: 'read-patient-data' }),
  send: command({
    input: z.object({ serverIds: z.array(z.number().int()).min(1).max(50), selection, priority: priority.optional() }),
    output: z.object({ transferIds: z.array(z.string()) }),
    audit: 'network',
  }),
  /** Before a send: is it whole, whose is it, and what of it has been sent before? */
  check: query({
    input: z.object({ serverIds: z.array(z.number().int()).max(50), selection }),
    output: sendCheck,
    audit: 'read-patient-data',
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
  /** Sends and retrieves stand still until they are resumed; also over restarts. */
  pause: command({ input: several, output: z.object({}), audit: 'network' }),
  resume: command({ input: several, output: z.object({}), audit: 'network' }),
  /** A more urgent job makes one that runs to the same server wait. */
  prioritise: command({ input: one.extend({ priority }), output: z.object({}), audit: 'network' }),
  /** Does again what failed, and only that; one that waits for its next try, or for an hour of the day, is tried now. */
  retry: command({ input: one, output: z.object({ transferId: z.string() }), audit: 'network' }),
  /** Asks the server again to answer for what it has of a send and did not commit to so far. */
  askCommitment: command({ input: one, output: z.object({}), audit: 'network' }),
  /** Asks the destination again what it holds of a send. */
  countAgain: command({ input: one, output: z.object({}), audit: 'network' }),
  /** Takes ended transfers off the list. */
  clear: command({
    input: z.object({ transferIds: z.array(z.string()).max(10_000) }),
    output: z.object({}),
    audit: 'none',
  }),
}
