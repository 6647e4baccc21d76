import { z } from 'zod'
import { instanceImage } from '#shared/imaging/instanceImage.ts'
import { command, query, stream } from './operation.ts'

/** Dates are DICOM DA (`YYYYMMDD`), times DICOM TM, '' where absent; moments are milliseconds since 1970. */
export const studyColumn = z.enum([
  'patientName',
  'patientId',
  'owner',
  'species',
  'studyDate',
  'modalities',
  'description',
  'accessionNumber',
  'series',
  'instances',
  'source',
  'receivedAt',
])
export type StudyColumn = z.infer<typeof studyColumn>

const text = z.string().max(256)
const da = z.string().regex(/^\d{8}$/)

export const studyFilter = z.object({
  /** Looked for in name, ID, accession number, owner and description. */
  text: text.optional(),
  patientName: text.optional(),
  patientId: text.optional(),
  accessionNumber: text.optional(),
  description: text.optional(),
  owner: text.optional(),
  species: text.optional(),
  /** The beginning of a DA: a year, a month or a day. */
  birthDate: z
    .string()
    .regex(/^\d{4}(\d{2}){0,2}$/)
    .optional(),
  modalities: z.array(z.string().max(16)).max(32).optional(),
  dateFrom: da.optional(),
  dateTo: da.optional(),
  trashed: z.boolean().optional(),
  sort: z.object({ column: studyColumn, descending: z.boolean() }).optional(),
  /** Also counts the studies of each day, where the list is sorted by study date: a long list's layout before its rows. */
  days: z.boolean().optional(),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1000).default(200),
})
export type StudyFilter = z.infer<typeof studyFilter>

export const studyRow = z.object({
  studyId: z.number().int(),
  studyInstanceUID: z.string(),
  patientName: z.string(),
  patientId: z.string(),
  /** Who gives out the ID, where images say it (PS3.3 C.2.1): the same number of another clinic is another patient. */
  issuerOfPatientId: z.string(),
  patientBirthDate: z.string(),
  patientAge: z.string(),
  patientSex: z.string(),
  patientSexNeutered: z.string(),
  species: z.string(),
  breed: z.string(),
  owner: z.string(),
  accessionNumber: z.string(),
  studyDate: z.string(),
  studyTime: z.string(),
  /** (0020,0010) StudyID, the site's own number. */
  studyNumber: z.string(),
  description: z.string(),
  modalities: z.array(z.string()),
  series: z.number().int(),
  instances: z.number().int(),
  /** Calling AE title, or how it came in. */
  source: z.string(),
  receivedAt: z.number(),
  openedAt: z.number().nullable(),
  trashedAt: z.number().nullable(),
})
export type StudyRow = z.infer<typeof studyRow>

export const seriesRow = z.object({
  seriesId: z.number().int(),
  studyId: z.number().int(),
  seriesInstanceUID: z.string(),
  modality: z.string(),
  seriesNumber: z.number().nullable(),
  description: z.string(),
  bodyPart: z.string(),
  instances: z.number().int(),
  frames: z.number().int(),
  /** The instance whose picture stands for the series; null where none can be drawn. */
  thumbnailInstanceId: z.number().int().nullable(),
})
export type SeriesRow = z.infer<typeof seriesRow>

/** Whether a study is whole, as far as anybody said how many images it should have. What comes at this moment: see transfers. */
export const studyState = z.object({
  studyId: z.number().int(),
  /** `unknown`: nobody said how many there should be, and no number is missing between others. */
  state: z.enum(['complete', 'partial', 'unknown']),
  received: z.number().int(),
  /** Of which documents that were written here. */
  made: z.number().int().default(0),
  /** By a server, a retrieve or a device's performed step. */
  expected: z.number().int().nullable(),
  /** Who said so; '' where nobody did. */
  saidBy: z.string(),
  /** Sentences: numbers that are missing between others, where nobody said how many there should be. */
  gaps: z.array(z.string()),
  /** Images that came after a pause, since somebody opened it last. */
  late: z.number().int(),
})
export type StudyState = z.infer<typeof studyState>

/** How each image came here, the latest last. */
export const studyArrivals = z.object({
  images: z.array(
    z.object({
      instanceId: z.number().int(),
      modality: z.string(),
      seriesDescription: z.string(),
      seriesNumber: z.number().int().nullable(),
      number: z.number().int().nullable(),
      /** `unknown`: the index was lost and made anew from the files. */
      kind: z.enum(['receive', 'import', 'retrieve', 'demo', 'unknown']),
      /** Of who sent it: '' where no device did. */
      callingAETitle: z.string(),
      address: z.string(),
      receivedAt: z.number(),
    }),
  ),
  hasMore: z.boolean(),
})
export type StudyArrivals = z.infer<typeof studyArrivals>

/** A study at a server, as C-FIND answered. */
export const remoteStudy = z.object({
  serverId: z.number().int(),
  studyInstanceUID: z.string(),
  patientName: z.string(),
  patientId: z.string(),
  patientBirthDate: z.string(),
  patientSex: z.string(),
  patientSexNeutered: z.string(),
  species: z.string(),
  breed: z.string(),
  owner: z.string(),
  accessionNumber: z.string(),
  studyDate: z.string(),
  studyTime: z.string(),
  description: z.string(),
  modalities: z.array(z.string()),
  series: z.number().int().nullable(),
  instances: z.number().int().nullable(),
  /** How many of its instances are here already. */
  localInstances: z.number().int(),
  /** The study here; null where none of it is. */
  localStudyId: z.number().int().nullable(),
})
export type RemoteStudy = z.infer<typeof remoteStudy>

export const remoteSeries = z.object({
  seriesInstanceUID: z.string(),
  modality: z.string(),
  seriesNumber: z.string(),
  description: z.string(),
  instances: z.number().int().nullable(),
})
export type RemoteSeries = z.infer<typeof remoteSeries>

/** One data element; those of items stand deeper. */
const tagRow = z.object({
  depth: z.number().int(),
  tag: z.string(),
  vr: z.string(),
  keyword: z.string(),
  value: z.string(),
})

/** A series at a server that has a web interface. */
const seriesThere = z.object({
  serverId: z.number().int(),
  studyInstanceUID: z.string().max(64),
  seriesInstanceUID: z.string().max(64),
})

/** A remote search streams: matches as they come, then how each server ended. */
export const remoteFindItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('matches'), serverId: z.number().int(), studies: z.array(remoteStudy) }),
  z.object({
    kind: z.literal('finished'),
    serverId: z.number().int(),
    count: z.number().int(),
    /** More matched than the server's limit; the rest was cancelled. */
    capped: z.boolean(),
    elapsedMs: z.number(),
    /** A sentence, where the server did not answer well. */
    error: z.string().nullable(),
    /** The first day that its studies are shown from, by its own setting; '' = all of them. */
    from: z.string().default(''),
  }),
])
export type RemoteFindItem = z.infer<typeof remoteFindItem>

const studyIds = z.object({ studyIds: z.array(z.number().int()).min(1).max(10_000) })

export const studies = {
  list: query({
    input: studyFilter,
    output: z.object({
      total: z.number().int(),
      rows: z.array(studyRow),
      /** In the order of the list; a study without a date is with those of the day it came in. Only when asked for. */
      days: z.array(z.object({ date: z.string(), count: z.number().int() })).optional(),
    }),
    audit: 'read-patient-data',
  }),
  /** Says that something changed, and which studies; at most ten times a second. */
  changes: stream({
    input: z.object({}),
    output: z.object({ studyIds: z.array(z.number().int()), total: z.number().int() }),
    audit: 'none',
  }),
  get: query({ input: studyIds, output: z.array(studyRow), audit: 'read-patient-data' }),
  /** Of those that are here. */
  states: query({
    input: z.object({ studyIds: z.array(z.number().int()).min(1).max(1000) }),
    output: z.array(studyState),
    audit: 'read-patient-data',
  }),
  arrivals: query({
    input: z.object({ studyId: z.number().int() }),
    output: studyArrivals,
    audit: 'read-patient-data',
  }),
  series: query({
    input: z.object({ studyId: z.number().int() }),
    output: z.array(seriesRow),
    audit: 'read-patient-data',
  }),
  /** Every image of a series in display order. */
  images: query({
    input: z.object({ seriesId: z.number().int() }),
    output: z.array(z.object({ instanceId: z.number().int(), image: instanceImage })),
    audit: 'read-patient-data',
  }),
  /** Every data element of an instance, for the tag browser and for R168. */
  tags: query({
    input: z.object({ instanceId: z.number().int() }),
    output: z.array(tagRow),
    audit: 'read-patient-data',
  }),
  markOpened: command({
    input: z.object({ studyId: z.number().int() }),
    output: z.object({}),
    audit: 'read-patient-data',
  }),
  trash: command({
    input: studyIds,
    output: z.object({ studies: z.number().int(), instances: z.number().int() }),
    audit: 'change-patient-data',
  }),
  restore: command({ input: studyIds, output: z.object({ studies: z.number().int() }), audit: 'change-patient-data' }),
  findRemote: stream({
    input: z.object({ serverIds: z.array(z.number().int()).min(1).max(100), filter: studyFilter }),
    output: remoteFindItem,
    audit: 'network',
  }),
  remoteSeries: query({
    input: z.object({ serverId: z.number().int(), studyInstanceUID: z.string().max(64) }),
    output: z.array(remoteSeries),
    audit: 'network',
  }),
  /** What it looks like, before it is fetched: a data URL, '' where nothing of it can be drawn. */
  remotePicture: query({ input: seriesThere, output: z.object({ picture: z.string() }), audit: 'network' }),
  /** What the image in its middle says of itself. */
  remoteTags: query({ input: seriesThere, output: z.array(tagRow), audit: 'network' }),
}
