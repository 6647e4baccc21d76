import type { z } from 'zod'
import { serverLabels } from '#shared/contract/serverLabels.ts'
import type {
  preferredCompression,
  QueryDates,
  queryRoot,
  Retrieving,
  retrieveBy,
  ServerFields,
  ServerRow,
} from '#shared/contract/servers.ts'

type Counted = 'restLimit' | 'restCacheThreshold'
/** What stands in the editor: as typed, so perhaps not right yet. */
export type Draft = Omit<
  ServerFields,
  'port' | 'listenPort' | 'storeEndpoint' | 'queryDates' | 'retrieving' | Counted
> & {
  port: number | undefined
  listenPort: number | undefined
  restLimit: number | undefined
  restCacheThreshold: number | undefined
  storeEndpoint: { aeTitle: string; host: string; port: number | undefined } | null
  retrieving: Omit<Retrieving, 'searchLimit'> & { searchLimit: number | undefined }
  queryDates:
    | Exclude<QueryDates, { kind: 'last' }>
    | { kind: 'last'; count: number | undefined; unit: 'days' | 'months' | 'years' }
}
export type FieldName = keyof Draft
/** Fields that have parts of their own in the form. */
export type FormField =
  | FieldName
  | `storeEndpoint.${'aeTitle' | 'host' | 'port'}`
  | `queryDates.${'date' | 'count'}`
  | `retrieving.${'folder' | 'searchLimit'}`
  | `sendHours.${'from' | 'to'}`

export const fieldLabels: Record<FieldName, string> = serverLabels
const fieldNames = Object.keys(fieldLabels) as FieldName[]

export const compressionOptions: readonly { value: z.infer<typeof preferredCompression>; label: string }[] = [
  { value: 'none', label: 'As the server prefers' },
  { value: 'jpeg-lossless', label: 'JPEG lossless' },
  { value: 'jpeg-ls-lossless', label: 'JPEG-LS lossless' },
  { value: 'jpeg-2000-lossless', label: 'JPEG 2000 lossless' },
  { value: 'rle', label: 'RLE lossless' },
  { value: 'jpeg-baseline', label: 'JPEG baseline (lossy)' },
]

export const retrieveOptions: readonly { value: z.infer<typeof retrieveBy>; label: string }[] = [
  { value: 'move', label: 'MOVE: it opens a connection to us' },
  { value: 'get', label: 'GET: on the connection that we open' },
]

export const rootOptions: readonly { value: z.infer<typeof queryRoot>; label: string }[] = [
  { value: 'study', label: 'Study Root' },
  { value: 'patient', label: 'Patient Root' },
]

export function draftOf(row: ServerRow): Draft {
  return Object.fromEntries(fieldNames.map((name) => [name, row[name]])) as Draft
}

export function changedFields(draft: Draft, row: ServerRow): FieldName[] {
  // Lists are compared by what they hold.
  return fieldNames.filter((name) => JSON.stringify(draft[name]) !== JSON.stringify(row[name]))
}

/** `Port changed`, `Host and Port changed`, `3 fields changed`. */
export function changeText(changed: readonly FieldName[]): string {
  if (changed.length > 2) return `${changed.length} fields changed`
  return `${changed.map((name) => fieldLabels[name]).join(' and ')} changed`
}
