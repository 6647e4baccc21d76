import { z } from 'zod'
import { command, query, stream } from './operation.ts'
import { code, dayText, order, orderContent, orderPatient, stationAETitle } from './order.ts'

/** Where a request stands, as its column on the board. */
export const boardColumn = z.enum(['scheduled', 'in-progress', 'images-here', 'done', 'attention'])
export type BoardColumn = z.infer<typeof boardColumn>

export const card = z.object({
  order,
  column: boardColumn,
  /** What a person should know or do, as a sentence; '' where there is nothing. */
  attention: z.string(),
  /** The device that said it began (MPPS), and when; '' and null where none did. */
  performedBy: z.string(),
  startedAt: z.number().nullable(),
  studyIds: z.array(z.number().int()),
  images: z.number().int(),
  lastImageAt: z.number().nullable(),
  /** Images of which the device said that it made them, and how many of those are not here. */
  namedImages: z.number().int(),
  missingImages: z.number().int(),
  /** Studies that stand here by their patient ID alone, and whose images no device named. */
  byPatientId: z.object({ studyIds: z.array(z.number().int()), images: z.number().int() }),
  /** One image of each series, four at most. */
  thumbnails: z.array(z.number().int()),
  /** Changes of status that its server has not taken yet, and why. */
  unsentReports: z.number().int(),
  reportNote: z.string(),
})
export type Card = z.infer<typeof card>

/** Images that came and belong to no request for certain. */
export const unmatchedStudy = z.object({
  studyId: z.number().int(),
  patientName: z.string(),
  patientId: z.string(),
  accessionNumber: z.string(),
  description: z.string(),
  modalities: z.string(),
  images: z.number().int(),
  receivedAt: z.number(),
  callingAETitle: z.string(),
  /** The request that it probably belongs to, and why; null where there is none. */
  proposal: z.object({ order, reasons: z.array(z.string()) }).nullable(),
})
export type UnmatchedStudy = z.infer<typeof unmatchedStudy>

/** A device began something that nobody asked for. */
export const unmatchedStep = z.object({
  sopInstanceUID: z.string(),
  state: z.string(),
  callingAETitle: z.string(),
  startedAt: z.number(),
  patientName: z.string(),
  patientId: z.string(),
  description: z.string(),
})
export type UnmatchedStep = z.infer<typeof unmatchedStep>

export const board = z.object({
  cards: z.array(card),
  /** More requests than are sent. */
  truncated: z.boolean(),
  studies: z.array(unmatchedStudy),
  steps: z.array(unmatchedStep),
})
export type Board = z.infer<typeof board>

/** A patient of the archive or of an earlier request, to be asked for again. */
export const knownPatient = orderPatient.extend({ lastSeenAt: z.number(), studies: z.number().int() })
export type KnownPatient = z.infer<typeof knownPatient>

export const patientRow = z.object({
  patientRef: z.number().int(),
  patientName: z.string(),
  patientId: z.string(),
  issuerOfPatientId: z.string(),
  otherIds: z.array(z.string()),
  birthDate: z.string(),
  /** Where no birth date is known: what the images said, as it is today. AS. */
  age: z.string(),
  sex: z.string(),
  neutered: z.string(),
  species: z.string(),
  breed: z.string(),
  owner: z.string(),
  /** Where none is named, and the animal's name says one: the family of `Sato^Rex`. */
  ownerByName: z.string(),
  studies: z.number().int(),
  lastStudyDate: z.string(),
  lastStudyId: z.number().int().nullable(),
  /** What R154 and R163 ask for and this patient's latest images do not say. */
  missing: z.array(z.string()),
})
export type PatientRow = z.infer<typeof patientRow>

export const procedure = z.object({
  procedureId: z.number().int(),
  description: orderContent.shape.request.shape.procedure,
  modality: orderContent.shape.request.shape.modality,
  code: code.nullable(),
})
export type Procedure = z.infer<typeof procedure>

/** An entry of another server's worklist. */
export const remoteItem = z.object({
  serverId: z.number().int(),
  serverName: z.string(),
  /** Identifies it at its server. */
  key: z.string().max(300),
  content: orderContent,
  accessionNumber: z.string(),
  studyInstanceUID: z.string(),
  requestedProcedureID: z.string(),
  scheduledProcedureStepID: z.string(),
})
export type RemoteItem = z.infer<typeof remoteItem>

export const inputRow = z.object({
  inputId: z.number().int(),
  kind: z.enum(['hl7', 'file', 'rest']),
  receivedAt: z.number(),
  /** Sending application or file name, bounded. */
  source: z.string(),
  outcome: z.enum(['created', 'updated', 'cancelled', 'refused', 'ignored']),
  sentence: z.string(),
  orderId: z.number().int().nullable(),
})
export type InputRow = z.infer<typeof inputRow>

/** What is looked for; a control character or backslash would make another key of it. */
const key = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\p{Cc}\\]*$/u, 'No backslash and no line break here.')
    .default('')
const one = z.object({ orderId: z.number().int() })
const span = z.object({ from: dayText, to: dayText })

export const worklist = {
  /**
   * All requests of these days, again after each change. Where they are more than are sent: of those, the ones with these
   * words, for these kinds of devices, for this device.
   */
  board: stream({
    input: span.extend({
      text: z.string().max(64).default(''),
      modalities: z.array(z.string().max(16)).max(20).default([]),
      stationAETitle: stationAETitle.default(''),
    }),
    output: board,
    audit: 'read-patient-data',
  }),
  create: command({ input: orderContent, output: order, audit: 'change-patient-data' }),
  /** With what the person saw, it fails when somebody else changed it since. */
  update: command({
    input: one.extend({ content: orderContent, was: orderContent.optional() }),
    output: order,
    audit: 'change-patient-data',
  }),
  cancel: command({ input: one, output: z.object({}), audit: 'change-patient-data' }),
  /** Takes a cancel, a completion or a discontinuation by a person back. */
  reopen: command({ input: one, output: z.object({}), audit: 'change-patient-data' }),
  /** By a person, where no device says so; told to the server that the request came from. */
  start: command({ input: one, output: z.object({}), audit: 'change-patient-data' }),
  complete: command({ input: one, output: z.object({}), audit: 'change-patient-data' }),
  discontinue: command({ input: one, output: z.object({}), audit: 'change-patient-data' }),
  /** What its server did not take of its steps is said once more. */
  tellAgain: command({ input: one, output: z.object({}), audit: 'network' }),
  /** A person says that these images belong to this request. */
  attach: command({
    input: one.extend({ studyId: z.number().int() }),
    output: z.object({}),
    audit: 'change-patient-data',
  }),
  /** They belong to none. */
  leave: command({
    input: z.object({ studyId: z.number().int() }),
    output: z.object({}),
    audit: 'change-patient-data',
  }),
  leaveStep: command({
    input: z.object({ sopInstanceUID: z.string().max(64) }),
    output: z.object({}),
    audit: 'change-patient-data',
  }),
  findPatients: query({
    input: z.object({ text: z.string().max(64) }),
    output: z.array(knownPatient),
    audit: 'read-patient-data',
  }),
  patients: query({
    input: z.object({
      text: z.string().max(64),
      offset: z.number().int().min(0).max(10_000_000),
      limit: z.number().int().min(1).max(200),
    }),
    output: z.object({ total: z.number().int(), rows: z.array(patientRow) }),
    audit: 'read-patient-data',
  }),
  patientStudies: query({
    input: z.object({ patientRef: z.number().int() }),
    output: z.object({ studyIds: z.array(z.number().int()) }),
    audit: 'read-patient-data',
  }),
  /** Breeds of PS3.16 CID 7480 and species of CID 7454 whose names hold the text. */
  breeds: query({
    input: z.object({ species: z.string().max(64), text: z.string().max(64) }),
    output: z.array(code),
    audit: 'none',
  }),
  /** Whom a request can be meant for: servers, devices that sent or were asked for. */
  devices: query({
    input: z.object({}),
    output: z.array(z.object({ aeTitle: z.string(), name: z.string() })),
    audit: 'none',
  }),
  procedures: query({ input: z.object({}), output: z.array(procedure), audit: 'none' }),
  /** Without `procedureId` a new one. */
  saveProcedure: command({
    input: procedure.extend({ procedureId: z.number().int().nullable() }),
    output: z.object({}),
    audit: 'configure',
  }),
  deleteProcedure: command({
    input: z.object({ procedureId: z.number().int() }),
    output: z.object({}),
    audit: 'configure',
  }),
  /** Asks a server for its worklist of these days; each item as it comes. */
  askServer: stream({
    input: span.extend({
      serverId: z.number().int(),
      stationAETitle: stationAETitle.default(''),
      modality: key(16),
      /** As people write it, with * where it may be anything. */
      patientName: key(64),
      patientId: key(64),
      accessionNumber: key(16),
    }),
    output: z.array(remoteItem),
    audit: 'network',
  }),
  /** Takes an item of another worklist onto our board. */
  take: command({ input: remoteItem, output: order, audit: 'change-patient-data' }),
  /** What practice management sent, newest first, and what became of it. */
  inputs: query({
    input: z.object({ limit: z.number().int().min(1).max(1000) }),
    output: z.object({
      rows: z.array(inputRow),
      /** Whether they are taken, as a sentence; '' where it is switched off. */
      hl7: z.string(),
      folder: z.string(),
      rest: z.string(),
      /** Which of these three say what hinders them. */
      hindered: z.array(z.enum(['hl7', 'folder', 'rest'])),
    }),
    audit: 'read-patient-data',
  }),
  /** By which a program sends orders over REST. Said once; an earlier one is good no longer. */
  makeOrderToken: command({ input: z.object({}), output: z.object({ token: z.string() }), audit: 'configure' }),
}
