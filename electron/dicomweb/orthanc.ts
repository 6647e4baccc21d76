import { z } from 'zod'
import { readJson } from './readJson.ts'
import type { WebServer } from './webApi.ts'
import { webCall } from './webCall.ts'
import { badAnswer } from './webFailure.ts'

const HEADERS = { accept: 'application/json', 'accept-encoding': 'gzip' }
const count = z.union([
  z.number().int().min(0),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
])

const system = z.object({
  Name: z.string().max(200).optional(),
  Version: z.string().max(100),
  ApiVersion: z.number().optional(),
  DicomAet: z.string().max(64).optional(),
})
const statistics = z.object({
  CountPatients: count,
  CountStudies: count,
  CountSeries: count,
  CountInstances: count,
  TotalDiskSizeMB: count.optional(),
})
const changes = z.object({
  Changes: z
    .array(
      z.object({
        ID: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{8}){4}$/),
        ResourceType: z.string().max(50),
        ChangeType: z.string().max(50),
        Seq: z.number().int(),
      }),
    )
    .max(5000),
  Done: z.boolean(),
  Last: z.number().int(),
})
const study = z.object({ ID: z.string(), MainDicomTags: z.object({ StudyInstanceUID: z.string().max(64) }) })
const plugin = z.object({ Version: z.string().max(100) })

export type OrthancChange = z.infer<typeof changes>['Changes'][number]

/** R041: what Orthanc says of itself, of what it holds, and of what changed. Each rejects as `webCall` does. */
export const orthanc = {
  system: (server: WebServer, signal: AbortSignal) => ask(server, '/system', system, signal),
  statistics: (server: WebServer, signal: AbortSignal) => ask(server, '/statistics', statistics, signal),
  patients: (server: WebServer, signal: AbortSignal) =>
    ask(server, '/patients?since=0&limit=1', z.array(z.string().max(100)).max(1000), signal),
  dicomweb: (server: WebServer, signal: AbortSignal) => ask(server, '/plugins/dicom-web', plugin, signal),
  changes: (server: WebServer, since: number, limit: number, signal: AbortSignal) =>
    ask(server, `/changes?since=${since}&limit=${limit}`, changes, signal),
  lastChange: async (server: WebServer, signal: AbortSignal) =>
    (await ask(server, '/changes?last', changes, signal)).Last,
  /** The study that a series or an image belongs to, or the study itself. */
  study: (server: WebServer, { ID, ResourceType }: Pick<OrthancChange, 'ID' | 'ResourceType'>, signal: AbortSignal) =>
    ask(server, PATHS[ResourceType]?.(ID) ?? `/studies/${ID}`, study, signal),
}

const PATHS: Readonly<Record<string, (id: string) => string>> = {
  Series: (id) => `/series/${id}/study`,
  Instance: (id) => `/instances/${id}/study`,
}

async function ask<Schema extends z.ZodType>(
  server: WebServer,
  resource: string,
  schema: Schema,
  signal: AbortSignal,
): Promise<z.output<Schema>> {
  const path = `${server.orthancPath ?? ''}${resource}`
  const response = await webCall(server, { method: 'GET', path, headers: HEADERS }, signal)
  const parsed = schema.safeParse(await readJson(response, server, signal))
  if (parsed.success) return parsed.data
  throw badAnswer(
    `${server.name} does not answer as an Orthanc does. Choose DICOMweb as its kind, under Servers, Web interface.`,
    'form',
  )
}
