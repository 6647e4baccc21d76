import { createHash } from 'node:crypto'
import type { FindQuery, Match } from '#electron/dicom/nodeApi.ts'
import { orthanc } from './orthanc.ts'
import { qido } from './qido.ts'
import type { WebServer } from './webApi.ts'

/** What a server was when its answers were kept. */
interface Kept {
  lastChange: number
  studies: number
  images: number
  /** By query; each answer by its Study Instance UID. */
  answers: Map<string, { query: FindQuery; matches: Map<string, Match> }>
}

const SERVERS_MAX = 20
const QUERIES_MAX = 8
const MATCHES_MAX = 5000
const kept = new Map<string, Kept>()

/**
 * R040: searches for studies at an Orthanc, which numbers its changes. As long as no more changed than the threshold allows,
 * the changed studies alone are asked for again; else everything is. Other servers do not tell, and are always asked.
 */
export async function* cachedQido(server: WebServer, query: FindQuery, signal: AbortSignal): AsyncGenerator<Match> {
  const now = isCacheable(server, query) ? await stateOf(server, signal) : undefined
  if (!now) return yield* qido(server, query, signal)
  const name = nameOf(server)
  const cache = await upToDate(server, kept.get(name), now, signal)
  kept.delete(name)
  const next: Kept = cache ?? { ...now, answers: new Map() }
  kept.set(name, next)
  const [oldest] = kept.keys()
  if (kept.size > SERVERS_MAX && oldest !== undefined) kept.delete(oldest)
  const key = JSON.stringify(query)
  const known = next.answers.get(key)
  if (known) return yield* known.matches.values()
  const matches = new Map<string, Match>()
  for await (const match of qido(server, query, signal)) {
    matches.set(match.StudyInstanceUID ?? '', match)
    yield match
  }
  // Only what was read to its end is an answer.
  if (signal.aborted || matches.size > MATCHES_MAX || kept.get(name) !== next) return
  next.answers.set(key, { query, matches })
  const [first] = next.answers.keys()
  if (next.answers.size > QUERIES_MAX && first !== undefined) next.answers.delete(first)
}

function isCacheable({ orthancPath, cacheThreshold }: WebServer, { level, keys }: FindQuery): boolean {
  return orthancPath !== undefined && cacheThreshold > 0 && level === 'STUDY' && (keys.StudyInstanceUID ?? '') === ''
}

/** Two users may see different things. */
function nameOf({ serverId, origin, dicomwebPath, authorization }: WebServer): string {
  return createHash('sha256')
    .update(JSON.stringify([serverId, origin, dicomwebPath, authorization]))
    .digest('base64')
}

async function stateOf(server: WebServer, signal: AbortSignal): Promise<Omit<Kept, 'answers'> | undefined> {
  try {
    const [lastChange, { CountStudies, CountInstances }] = await Promise.all([
      orthanc.lastChange(server, signal),
      orthanc.statistics(server, signal),
    ])
    return { lastChange, studies: CountStudies, images: CountInstances }
  } catch (error) {
    if (signal.aborted) throw error
    return undefined
  }
}

/** Undefined where the difference is too large, or cannot be told. */
async function upToDate(
  server: WebServer,
  before: Kept | undefined,
  now: Omit<Kept, 'answers'>,
  signal: AbortSignal,
): Promise<Kept | undefined> {
  if (!before) return undefined
  const difference = now.lastChange - before.lastChange
  if (difference < 0 || difference > server.cacheThreshold) return undefined
  const isSame = now.studies === before.studies && now.images === before.images
  if (difference === 0) return isSame ? before : undefined
  try {
    const { Changes } = await orthanc.changes(server, before.lastChange, difference, signal)
    const added = (type: string) =>
      new Set(Changes.filter(({ ChangeType }) => ChangeType === type).map(({ ID }) => ID)).size
    // Deletions are not among the changes: the counts tell.
    if (before.studies + added('NewStudy') !== now.studies) return undefined
    if (before.images + added('NewInstance') !== now.images) return undefined
    const uids = new Set<string>()
    for (const change of Changes)
      if (['Study', 'Series', 'Instance'].includes(change.ResourceType))
        uids.add((await orthanc.study(server, change, signal)).MainDicomTags.StudyInstanceUID)
    for (const { query, matches } of before.answers.values())
      for (const uid of uids) await askAgain(server, query, uid, matches, signal)
    return { ...now, answers: before.answers }
  } catch (error) {
    if (signal.aborted) throw error
    return undefined
  }
}

async function askAgain(
  server: WebServer,
  query: FindQuery,
  studyInstanceUID: string,
  matches: Map<string, Match>,
  signal: AbortSignal,
): Promise<void> {
  const keys = { ...query.keys, StudyInstanceUID: studyInstanceUID }
  matches.delete(studyInstanceUID)
  for await (const match of qido(server, { ...query, keys }, signal))
    if (match.StudyInstanceUID === studyInstanceUID) matches.set(studyInstanceUID, match)
}
