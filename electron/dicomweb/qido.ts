import { AssociationError } from '#electron/dicom/associationError.ts'
import type { FindQuery, Match } from '#electron/dicom/nodeApi.ts'
import { JSON_ENTRIES_MAX } from './bounds.ts'
import { matchOf } from './dicomJson.ts'
import { gave, mayBeCut } from './pageSizes.ts'
import { type QidoQuery, qidoQuery, searchOf } from './qidoQuery.ts'
import { JSON_ACCEPT, readJson } from './readJson.ts'
import type { WebServer } from './webApi.ts'
import { webCall } from './webCall.ts'
import { badAnswer } from './webFailure.ts'

/** Small enough for the first matches to be seen soon; for images as many as a series has. */
const PAGE = { STUDY: 100, SERIES: 500, IMAGE: 1000, PATIENT: 100 } as const
const PAGES_MAX = 2000

/** QIDO-RS (PS3.18 10.6), page by page, as long as the reader wants more. */
export async function* qido(server: WebServer, query: FindQuery, signal: AbortSignal): AsyncGenerator<Match> {
  const full = queryOf(server, query, false)
  try {
    yield* pages(server, query.level, full, signal)
  } catch (error) {
    // A server may refuse attributes that it does not search (8.3.4.1). Nothing was told before it did.
    if (!(error instanceof AssociationError) || error.details.status !== 400) throw error
    const plain = queryOf(server, query, true)
    if (searchOf(plain.parameters) === searchOf(full.parameters)) throw error
    yield* pages(server, query.level, plain, signal)
  }
}

function queryOf(server: WebServer, query: FindQuery, plain: boolean): QidoQuery {
  const found = qidoQuery(query, plain)
  if (!found) throw badAnswer(`${server.name} was to be asked for something whose UID is none.`, 'UID')
  return found
}

const UNIQUE = {
  STUDY: 'StudyInstanceUID',
  SERIES: 'SeriesInstanceUID',
  IMAGE: 'SOPInstanceUID',
  PATIENT: 'PatientID',
} as const

async function* pages(
  server: WebServer,
  level: FindQuery['level'],
  { resource, parameters }: QidoQuery,
  signal: AbortSignal,
): AsyncGenerator<Match> {
  const unique = UNIQUE[level]
  const limit = PAGE[level]
  const seen = new Set<string>()
  let offset = 0
  let last = { entries: 0, isCut: false, isDoubtful: false }
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const search = searchOf([...parameters, ['limit', String(limit)], ['offset', String(offset)]])
    const path = `${server.dicomwebPath}${resource}?${search}`
    const answer = await pageOf(server, path, signal).catch((error: unknown) => {
      // Nobody said that there is more; some refuse to begin behind the end.
      if (!last.isDoubtful || !isRefusal(error)) throw error
      return { entries: [], isCut: false }
    })
    const { entries, isCut } = answer
    const fresh = entries.map(matchOf).filter((match) => {
      const uid = match[unique] ?? ''
      if (uid === '' || seen.has(uid)) return false
      seen.add(uid)
      return true
    })
    yield* fresh
    if (fresh.length === 0) {
      // One that takes no notice of the offset answers with the same page for ever.
      if (entries.length > 0 && (last.isCut || last.entries === limit)) throw onlyTheFirst(server, seen.size)
      return
    }
    const isFull = entries.length >= limit
    const isDoubtful = !isFull && !isCut && mayBeCut(server, level, entries.length)
    gave(server, level, entries.length)
    if (!isFull && !isCut && !isDoubtful) return
    last = { entries: entries.length, isCut, isDoubtful }
    offset += entries.length
  }
}

async function pageOf(server: WebServer, path: string, signal: AbortSignal) {
  const response = await webCall(server, { method: 'GET', path, headers: JSON_ACCEPT }, signal)
  // 8.3.4.4: "there are additional results that can be requested".
  const isCut = /^299\b/.test(response.headers.warning ?? '')
  return { entries: entriesOf(await readJson(response, server, signal), server), isCut }
}

const isRefusal = (error: unknown) => {
  const status = error instanceof AssociationError ? (error.details.status ?? 0) : 0
  return status >= 400 && status < 500
}

const onlyTheFirst = ({ name }: WebServer, count: number) =>
  badAnswer(
    `${name} gives the first ${count} and does not go on from there, so there may be more. Narrow the search: a date, or more of a name.`,
    'offset ignored',
  )

export function entriesOf(json: unknown, { name }: Pick<WebServer, 'name'>): unknown[] {
  if (json === undefined) return []
  if (!Array.isArray(json) || json.some((entry) => typeof entry !== 'object'))
    throw badAnswer(`${name} answers with JSON that is no list of DICOM. Check the path of its web address.`, 'no list')
  if (json.length > JSON_ENTRIES_MAX)
    throw badAnswer(`${name} answers with more than was asked for. Ask for less.`, 'too many entries')
  return json
}
