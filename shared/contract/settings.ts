import { z } from 'zod'
import { aeTitleProblem } from '#shared/dicom/aeTitle.ts'
import { command, query, stream } from './operation.ts'

const aeTitle = z.string().superRefine((value, context) => {
  const problem = aeTitleProblem(value)
  if (problem) context.addIssue({ code: 'custom', message: problem })
})

export const settingsShape = z.object({
  aeTitle,
  dicomPort: z.number().int().min(1).max(65535),
  accept: z.enum(['any', 'known']),
  theme: z.enum(['dark', 'light', 'high-contrast', 'system']),
  density: z.enum(['compact', 'normal', 'roomy']),
  trashDays: z.number().int().min(1).max(3650),
  maxPduLength: z.number().int().min(4096).max(1_048_576),
  maxAssociations: z.number().int().min(1).max(1000),
  dimseTimeoutSeconds: z.number().int().min(1).max(3600),
})
export type Settings = z.infer<typeof settingsShape>

/** Fixed by the command line where the host was started with flags: shown, not editable. */
export const settingsView = z.object({
  settings: settingsShape,
  storageFolder: z.string(),
  /** False on a fresh installation: nothing listens until a person confirms AE title and port. */
  confirmed: z.boolean(),
  fixed: z.array(z.string()),
})
export type SettingsView = z.infer<typeof settingsView>

export const listening = z.discriminatedUnion('state', [
  z.object({ state: z.literal('not-yet') }),
  z.object({ state: z.literal('listening'), aeTitle: z.string(), port: z.number().int() }),
  z.object({ state: z.literal('failed'), sentence: z.string() }),
])

export const status = z.object({
  listening,
  addresses: z.array(z.object({ address: z.string(), interface: z.string() })),
  /** Where images come in now; null when nobody sends. */
  arriving: z.object({ from: z.string(), instances: z.number().int() }).nullable(),
  transfersRunning: z.number().int(),
  needsAttention: z.number().int(),
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }),
  studies: z.number().int(),
})
export type Status = z.infer<typeof status>

export const settings = {
  watch: stream({ input: z.object({}), output: settingsView, audit: 'none' }),
  update: command({ input: settingsShape.partial(), output: settingsView, audit: 'configure' }),
  /** First run: from here on we listen. */
  confirm: command({
    input: z.object({ aeTitle, dicomPort: z.number().int().min(1).max(65535), accept: z.enum(['any', 'known']) }),
    output: settingsView,
    audit: 'configure',
  }),
  /** Could we listen there? Tried for real. */
  checkPort: query({
    input: z.object({ port: z.number().int().min(1).max(65535) }),
    output: z.object({ free: z.boolean(), sentence: z.string() }),
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
