import { z } from 'zod'
import { command, query, stream } from './operation.ts'
import { order } from './order.ts'

/** What the simulated device can make images of. */
export const practiceKind = z.enum(['ct', 'xray', 'ultrasound'])
export type PracticeKind = z.infer<typeof practiceKind>

/** An entry of the worklist as the simulated device was given it. */
export const practiceItem = z.object({
  key: z.string().max(300),
  patientName: z.string(),
  patientId: z.string(),
  accessionNumber: z.string(),
  procedure: z.string(),
  modality: z.string(),
  date: z.string(),
  time: z.string(),
  /** It makes CT, X-ray and ultrasound, nothing else. */
  canMake: z.boolean(),
  isStarted: z.boolean(),
})
export type PracticeItem = z.infer<typeof practiceItem>

/** One thing that the device has done, in words for who learns it and in those of the standard. */
export const practiceProgress = z.object({
  phase: z.enum(['begun', 'making', 'storing', 'ended', 'failed']),
  sentence: z.string(),
  /** `N-CREATE, IN PROGRESS, 0000`; '' where nothing went over the wire. */
  wire: z.string(),
  done: z.number().int(),
  total: z.number().int(),
})
export type PracticeProgress = z.infer<typeof practiceProgress>

export const practice = {
  /** Whether this is the practice workstation, and whether there is anything of practice to be removed. */
  state: query({
    input: z.object({}),
    output: z.object({ isPractice: z.boolean(), isKept: z.boolean(), deviceAETitle: z.string(), pacsName: z.string() }),
    audit: 'none',
  }),
  /** A request for a made-up patient, meant for the simulated device. */
  makeRequest: command({ input: z.object({ kind: practiceKind }), output: order, audit: 'none' }),
  /** The simulated device asks this workstation for its worklist of today. */
  askWorklist: query({ input: z.object({}), output: z.array(practiceItem), audit: 'none' }),
  /** The device examines: says that it begins, makes images, stores them, says that it is done. Stopped, it says so too. */
  examine: stream({ input: z.object({ key: z.string().max(300) }), output: practiceProgress, audit: 'none' }),
  /** Ends practice and removes everything of it, and nothing else. */
  remove: command({ input: z.object({}), output: z.object({}), audit: 'change-patient-data' }),
}
