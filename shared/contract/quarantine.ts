import { z } from 'zod'
import { command, query } from './operation.ts'

/** An object that is not part of the archive because another one has its SOP Instance UID. */
export const quarantinedInstance = z.object({
  quarantineId: z.number().int(),
  /** `differs`: it came after the one that is kept. `replaced`: it was here, and a later one took its place. */
  reason: z.enum(['differs', 'replaced']),
  sopInstanceUID: z.string(),
  /** AE title and address of who sent it last; '' for what came otherwise. */
  callingAETitle: z.string(),
  address: z.string(),
  /** AE titles of others who sent the very same, the latest first, at most ten. */
  alsoFrom: z.array(z.string()),
  receivedAt: z.number(),
  quarantinedAt: z.number(),
  bytes: z.number(),
  patientName: z.string(),
  patientId: z.string(),
  studyDate: z.string(),
  studyDescription: z.string(),
  modality: z.string(),
  /** What is not the same in both: attributes by keyword, at most ten; `PixelData` among them. */
  differences: z.array(z.string()),
  /** The study that holds the one in the archive; null when that is gone. */
  studyId: z.number().int().nullable(),
  /** On the one in the archive: they go into quarantine with it when this one takes its place. */
  measurements: z.number().int(),
})
export type QuarantinedInstance = z.infer<typeof quarantinedInstance>

const one = z.object({ quarantineId: z.number().int() })

export const quarantine = {
  list: query({
    input: z.object({}),
    output: z.object({ total: z.number().int(), rows: z.array(quarantinedInstance) }),
    audit: 'read-patient-data',
  }),
  /** It takes the place of the one in the archive, which goes into quarantine with what was measured on it. */
  accept: command({ input: one, output: z.object({}), audit: 'change-patient-data' }),
  /** For good. */
  delete: command({
    input: z.object({ quarantineIds: z.array(z.number().int()).min(1).max(10_000) }),
    output: z.object({}),
    audit: 'change-patient-data',
  }),
}
