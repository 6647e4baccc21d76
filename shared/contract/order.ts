import { z } from 'zod'
import { parseDate, parseTime } from '#shared/dicom/dateTime.ts'

/** What a value of a worklist may hold: a control character or backslash would become another value on the wire (PS3.5 6.2). */
const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `At most ${max} characters.`)
    .regex(/^[^\p{Cc}\\]*$/u, 'No backslash and no line break here.')

export const stationAETitle = z
  .string()
  .trim()
  .max(16, 'An AE title has at most 16 characters.')
  .regex(/^[\x20-\x5b\x5d-\x7e]*$/, 'An AE title has no backslash and no accents.')

export const dayText = z.string().refine((value) => parseDate(value) !== undefined, 'This is no day.')

export const code = z.object({ value: text(16).min(1), scheme: text(16).min(1), meaning: text(64).min(1) })
export type Code = z.infer<typeof code>

export const orderPatient = z.object({
  kind: z.enum(['animal', 'human']),
  /** PN as written: components joined by `^`, groups by `=`. */
  patientName: text(194).min(1, 'Enter the name of the patient.'),
  /** '' while none is given: a new one is made when the order is kept. */
  patientId: text(64),
  issuerOfPatientId: text(64).default(''),
  birthDate: z.union([z.literal(''), dayText], { error: 'A birth date is a day, as 2018-03-21.' }),
  /** (0010,1010), as it was said where nobody knew the birth date: `005Y`. */
  age: z
    .string()
    .regex(/^(\d{3}[DWMY])?$/, 'An age is a number and its unit, as 5 y.')
    .default(''),
  sex: z.enum(['', 'M', 'F', 'O']),
  neutered: z.enum(['', 'ALTERED', 'UNALTERED']),
  species: text(64),
  speciesCode: code.nullable(),
  breed: text(64),
  breedCode: code.nullable(),
  /** (0010,2294): the number under which a registry of CID 7481 has the animal. */
  breedRegistration: z
    .object({ number: text(64).min(1), registry: code })
    .nullable()
    .default(null),
  responsiblePerson: text(64),
  microchip: text(64),
})
export type OrderPatient = z.infer<typeof orderPatient>

export const priority = z.enum(['ROUTINE', 'HIGH', 'STAT'])

export const orderRequest = z.object({
  /** '' = whichever device asks. */
  stationAETitle,
  modality: z.string().regex(/^[A-Z0-9_ ]{1,16}$/, 'Choose what kind of device makes the images.'),
  procedure: text(64).min(1, 'Say what is to be examined.'),
  procedureCode: code.nullable(),
  date: dayText,
  time: z
    .string()
    .refine((value) => value === '' || parseTime(value) !== undefined, 'A time is hours and minutes, as 14:30.'),
  priority,
  history: z.string().trim().max(1024, 'At most 1024 characters.'),
  requestedBy: text(64),
})

export const orderContent = z.object({ patient: orderPatient, request: orderRequest })
export type OrderContent = z.infer<typeof orderContent>

export const orderState = z.enum(['scheduled', 'in-progress', 'completed', 'discontinued', 'cancelled'])
export type OrderState = z.infer<typeof orderState>

export const orderSource = z.object({
  /** `server`: taken from another worklist. */
  kind: z.enum(['front-desk', 'hl7', 'file', 'rest', 'server']),
  /** Sending application, file or server; '' for our own desk. */
  name: z.string(),
  serverId: z.number().int().nullable().default(null),
})
export type OrderSource = z.infer<typeof orderSource>

export const order = orderContent.extend({
  orderId: z.number().int(),
  state: orderState,
  source: orderSource,
  accessionNumber: z.string(),
  studyInstanceUID: z.string(),
  requestedProcedureID: z.string(),
  scheduledProcedureStepID: z.string(),
  createdAt: z.number(),
  changedAt: z.number(),
})
export type Order = z.infer<typeof order>
