import { z } from 'zod'

const vector = z.tuple([z.number(), z.number(), z.number()])

/** Where the picture of an active tile lies in the body. */
const slice = z.object({
  plane: z.object({ position: vector, rowDirection: vector, columnDirection: vector }),
  spacing: z.tuple([z.number().positive(), z.number().positive()]).readonly(),
  rows: z.number().int().positive(),
  columns: z.number().int().positive(),
  frameOfReferenceUID: z.string().min(1).max(64),
})
export type Slice = z.infer<typeof slice>

const text = z.string().max(2000)
const facts = z.object({
  patientId: text,
  issuerOfPatientId: text.optional(),
  patientName: text,
  patientBirthDate: text.optional(),
  patientSex: text.optional(),
  species: text.optional(),
})

const from = z.string().max(64)

/** What windows of one workstation tell each other. They are one origin, but what comes is checked as anything else. */
export const windowMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('here'),
    from,
    number: z.number().int().min(1).max(9),
    /** The older one of two keeps a number. */
    since: z.number(),
    title: z.string().max(200),
    patients: z.array(z.object({ facts, name: z.string().max(200) })).max(16),
    /** Whether the others should say so too. */
    asks: z.boolean(),
  }),
  z.object({ kind: z.literal('gone'), from }),
  z.object({
    kind: z.literal('slice'),
    from,
    slice: slice.nullable(),
    /** Frames of reference of what it shows. */
    frames: z.array(z.string().max(64)).max(16),
    /** A person scrolled there, and stacks that scroll together come along. */
    leads: z.boolean(),
  }),
  z.object({ kind: z.literal('measured'), from, studyIds: z.array(z.number().int()).max(64) }),
])
export type WindowMessage = z.infer<typeof windowMessage>
