import { z } from 'zod'
import { aeTitleProblem } from '#shared/dicom/aeTitle.ts'
import { acceptShape } from './callerChecks.ts'
import { clientCertificates } from './certificates.ts'
import { command, query, stream } from './operation.ts'

const aeTitle = z.string().superRefine((value, context) => {
  const problem = aeTitleProblem(value)
  if (problem) context.addIssue({ code: 'custom', message: problem })
})

const BIND_ADDRESS = 'Enter an IPv4 or IPv6 address of this computer, or leave it empty for all of them.'

const WEB_ORIGIN = /^https?:\/\/(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/

export const settingsShape = z.object({
  aeTitle,
  dicomPort: z.number().int().min(1).max(65535),
  /** An address of this machine; '' = all of them. */
  bindAddress: z.union([z.literal(''), z.ipv4(), z.ipv6()], { error: BIND_ADDRESS }),
  /** R060: a port of its own for callers over TLS; the one without can be switched off then. */
  plainListener: z.boolean(),
  tlsListener: z.boolean(),
  tlsPort: z.number().int().min(1).max(65535),
  tlsClientCertificates: clientCertificates,
  /** R065, R066: what a caller must get right. */
  checkCalledAETitle: z.boolean(),
  checkCallingAETitle: z.boolean(),
  checkAddress: z.boolean(),
  /** R069: a caller that is not known may test the connection all the same. */
  answerUnknownEcho: z.boolean(),
  /** Which services answer; Verification always does. */
  answerStorage: z.boolean(),
  answerQueryRetrieve: z.boolean(),
  answerStorageCommitment: z.boolean(),
  /** R094, R095: requests are given to devices, and devices say what became of them. */
  answerWorklist: z.boolean(),
  answerPerformedSteps: z.boolean(),
  /** R097: image requests of practice management, by HL7 and as files of a folder; '' = no folder. */
  hl7Listener: z.boolean(),
  hl7Port: z.number().int().min(1).max(65535),
  requestFolder: z.string().max(4096),
  /** Orders over REST from programs on this computer, by a token of which only the SHA-256 is kept; '' = none was made. */
  restOrders: z.boolean(),
  restPort: z.number().int().min(1).max(65535),
  restTokenHash: z.string().regex(/^([0-9a-f]{64})?$/),
  /** Our archive for other viewers over HTTP (PS3.18), at a port of its own. */
  dicomwebServer: z.boolean(),
  dicomwebPort: z.number().int().min(1).max(65535),
  /** An address of this machine; '' = all of them. */
  dicomwebAddress: z.union([z.literal(''), z.ipv4(), z.ipv6()], { error: BIND_ADDRESS }),
  dicomwebTls: z.boolean(),
  /** A person said in words that images and passwords may go through the network unencrypted. */
  dicomwebUnencrypted: z.boolean(),
  /** STOW-RS. */
  dicomwebStore: z.boolean(),
  /** Web pages that may read the answers (CORS). */
  dicomwebOrigins: z
    .array(z.string().regex(WEB_ORIGIN, 'An origin is https:// or http://, a host and, where it has one, a port.'))
    .max(50, 'At most 50 origins.'),
  /** R048: the desktop program goes on without its window. */
  keepReceiving: z.boolean(),
  /** R046: where servers tell us of what is new; open while one of them is set to. */
  notificationPort: z.number().int().min(1).max(65535),
  notificationTls: z.boolean(),
  theme: z.enum(['dark', 'light', 'high-contrast', 'system']),
  density: z.enum(['compact', 'normal', 'roomy']),
  trashDays: z.number().int().min(1).max(3650),
  /** R064: below this nothing more is taken. */
  minFreeMegabytes: z.number().int().min(10).max(10_000_000),
  /** R050: an object comes under a known SOP Instance UID with other content. */
  onConflict: z.enum(['keep-first', 'quarantine', 'replace']),
  /** R058: SOP classes that the standard does not name. */
  unknownClasses: z.enum(['store', 'refuse']),
  maxPduLength: z.number().int().min(4096).max(1_048_576),
  maxAssociations: z.number().int().min(1).max(1000),
  /** R124: a message that has begun stands still, or a request has no answer. */
  dimseTimeoutSeconds: z.number().int().min(1).max(3600),
  /** R125: our association request, from the connection on, has no answer. */
  requestTimeoutSeconds: z.number().int().min(1).max(600),
  /** PS3.8 9.1.5: a caller is connected and asks for nothing, or does not read. */
  artimTimeoutSeconds: z.number().int().min(1).max(600),
  idleTimeoutSeconds: z.number().int().min(5).max(86_400),
  /** R126: after the last word the peer has so long to close the connection. */
  socketCloseDelayMs: z.number().int().min(0).max(60_000),
})
export type Settings = z.infer<typeof settingsShape>

/** Fixed by the command line where the host was started with flags: shown, not editable. */
export const settingsView = z.object({
  settings: settingsShape,
  storageFolder: z.string(),
  /** False on a fresh installation: nothing listens until a person confirms AE title and port. */
  confirmed: z.boolean(),
  fixed: z.array(z.string()),
  /** What could not be read of the file of settings, and what holds in its place; '' when all is well. */
  problem: z.string(),
})
export type SettingsView = z.infer<typeof settingsView>

export const listening = z.discriminatedUnion('state', [
  z.object({ state: z.literal('not-yet') }),
  z.object({
    state: z.literal('listening'),
    aeTitle: z.string(),
    /** The port without TLS; that for TLS where there is no other. */
    port: z.number().int(),
    tlsPort: z.number().int().nullable(),
    tlsOnly: z.boolean(),
    /** Why the port for TLS is not open although it is switched on; '' when all is well. */
    tlsProblem: z.string(),
  }),
  z.object({ state: z.literal('failed'), sentence: z.string() }),
])

export const status = z.object({
  listening,
  addresses: z.array(z.object({ address: z.string(), interface: z.string() })),
  /** Where images come in now; null when nobody sends. */
  arriving: z.object({ from: z.string(), instances: z.number().int() }).nullable(),
  transfersRunning: z.number().int(),
  needsAttention: z.number().int(),
  /** What stands under Needs attention on the front desk today. */
  deskAttention: z.number().int(),
  /** Refused callers that wait for a person. */
  knocks: z.number().int(),
  /** Certificates that have ended or will within 30 days: ours, our authorities', our servers'. */
  certificates: z.array(z.object({ ended: z.boolean(), sentence: z.string() })),
  /** `connected`: the storage folder is there with its disk; else nothing is received. */
  disk: z.object({ connected: z.boolean(), freeBytes: z.number(), totalBytes: z.number() }),
  /** Why what was deleted is still there although its days are over; '' when all is well. */
  trashProblem: z.string(),
  studies: z.number().int(),
})
export type Status = z.infer<typeof status>

export const settings = {
  watch: stream({ input: z.object({}), output: settingsView, audit: 'none' }),
  update: command({ input: settingsShape.partial(), output: settingsView, audit: 'configure' }),
  /** First run: from here on we listen. */
  confirm: command({
    input: z.object({ aeTitle, dicomPort: z.number().int().min(1).max(65535), accept: acceptShape }),
    output: settingsView,
    audit: 'configure',
  }),
  /** Could we listen there? Tried for real. */
  checkPort: query({
    input: z.object({ port: z.number().int().min(1).max(65535), bindAddress: z.string().max(64).optional() }),
    output: z.object({ free: z.boolean(), sentence: z.string() }),
    audit: 'none',
  }),
  /** Of this machine: where it could listen. */
  addresses: query({
    input: z.object({}),
    output: z.array(z.object({ address: z.string(), interface: z.string() })),
    audit: 'none',
  }),
  checkFolder: query({
    input: z.object({ folder: z.string().max(4096) }),
    output: z.object({ usable: z.boolean(), freeBytes: z.number(), sentence: z.string() }),
    audit: 'none',
  }),
  /** Moves the archive to another folder, or starts a second one there. */
  relocate: stream({
    input: z.object({ folder: z.string().min(1).max(4096), how: z.enum(['move', 'start-new']) }),
    output: z.object({ done: z.number().int(), total: z.number().int(), finished: z.boolean() }),
    audit: 'configure',
  }),
  status: stream({ input: z.object({}), output: status, audit: 'none' }),
  /** A CT with known geometry, an X-ray and an ultrasound clip, made here. */
  addDemoStudies: command({
    input: z.object({}),
    output: z.object({ studyIds: z.array(z.number().int()) }),
    audit: 'change-patient-data',
  }),
  about: query({
    input: z.object({}),
    output: z.object({
      version: z.string(),
      host: z.enum(['desktop', 'headless']),
      node: z.string(),
      licence: z.string(),
    }),
    audit: 'none',
  }),
}
