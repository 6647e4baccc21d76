import { keywordOf } from '#shared/dicom/tag.ts'
import { bulkValue } from './bulkValue.ts'
import { instancePath } from './instancePath.ts'
import { entriesOf } from './qido.ts'
import { JSON_ACCEPT, readJson } from './readJson.ts'
import { type SeriesKeys, seriesSample } from './seriesSample.ts'
import type { WebServer } from './webApi.ts'
import { webCall } from './webCall.ts'

/** A line of what one image says of itself. */
export interface RemoteTag {
  depth: number
  tag: string
  vr: string
  keyword: string
  value: string
}

const ROWS_MAX = 5000
const DEPTH_MAX = 16
const VALUE_CHARACTERS_MAX = 1024
/** Values that stand elsewhere; each costs a request. */
const BULK_MAX = 12

/** PS3.18 10.4.1.1.2: the JSON of one image, whatever it is. */
export async function askMetadata(server: WebServer, path: string, signal: AbortSignal): Promise<unknown> {
  const response = await webCall(server, { method: 'GET', path: `${path}/metadata`, headers: JSON_ACCEPT }, signal)
  return entriesOf(await readJson(response, server, signal), server)[0]
}

/** Every element of the image in the middle of a series, with those values that the server keeps beside the JSON. */
export async function metadata(server: WebServer, keys: SeriesKeys, signal: AbortSignal): Promise<RemoteTag[]> {
  const sopInstanceUID = await seriesSample(server, keys, signal)
  if (sopInstanceUID === undefined) return []
  const json = await askMetadata(server, instancePath(server, keys, sopInstanceUID), signal)
  const rows: (RemoteTag & { bulkDataURI?: string })[] = []
  walk(json, 0, rows)
  let fetched = 0
  for (const row of rows) {
    if (row.bulkDataURI === undefined) continue
    fetched += 1
    row.value =
      fetched > BULK_MAX ? 'Kept beside it, not fetched.' : await bulkValue(server, row.bulkDataURI, row.vr, signal)
  }
  return rows.map(({ depth, tag, vr, keyword, value }) => ({ depth, tag, vr, keyword, value }))
}

function walk(json: unknown, depth: number, rows: (RemoteTag & { bulkDataURI?: string })[]): void {
  if (typeof json !== 'object' || json === null || depth > DEPTH_MAX) return
  const tags = Object.keys(json).filter((tag) => /^[0-9A-Fa-f]{8}$/.test(tag))
  for (const tag of tags.sort()) {
    if (rows.length >= ROWS_MAX) return
    const element = (json as Record<string, unknown>)[tag]
    const { vr, Value, BulkDataURI, InlineBinary } = (
      typeof element === 'object' && element !== null ? element : {}
    ) as Record<string, unknown>
    const upper = tag.toUpperCase()
    const row = {
      depth,
      tag: `(${upper.slice(0, 4)},${upper.slice(4)})`,
      vr: typeof vr === 'string' && /^[A-Z]{2}$/.test(vr) ? vr : '',
      keyword: keywordOf(upper) ?? '',
    }
    if (row.vr === 'SQ') {
      const items = Array.isArray(Value) ? Value.slice(0, ROWS_MAX) : []
      rows.push({ ...row, value: `${items.length} item${items.length === 1 ? '' : 's'}` })
      for (const [at, item] of items.entries()) {
        rows.push({ depth: depth + 1, tag: `Item ${at + 1}`, vr: '', keyword: '', value: '' })
        walk(item, depth + 2, rows)
      }
    } else if (typeof BulkDataURI === 'string' && upper !== '7FE00010')
      rows.push({ ...row, value: '', bulkDataURI: BulkDataURI })
    else rows.push({ ...row, value: plainValue(Value, InlineBinary, BulkDataURI) })
  }
}

function plainValue(values: unknown, inline: unknown, bulk: unknown): string {
  if (typeof inline === 'string') return `${Math.floor((inline.length * 3) / 4)} bytes`
  if (bulk !== undefined) return 'The pixels, kept beside it.'
  if (!Array.isArray(values)) return ''
  return values.slice(0, 200).map(textOf).join('\\').slice(0, VALUE_CHARACTERS_MAX)
}

/** PS3.18 F.2.2.3: names by their groups. */
function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (typeof value !== 'object' || value === null) return ''
  const { Alphabetic, Ideographic, Phonetic } = value as Record<string, unknown>
  const groups = [Alphabetic, Ideographic, Phonetic].map((group) => (typeof group === 'string' ? group : ''))
  return groups.join('=').replace(/=+$/, '')
}
