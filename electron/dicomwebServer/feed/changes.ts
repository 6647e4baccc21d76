import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import type { FeedImage } from '#electron/archive/changeFeed.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { Answer, Asked } from '../http/answer.ts'
import { WebRefusal } from '../http/webRefusal.ts'
import { resourceUrl } from '../resourceUrl.ts'
import { BASE_PATH } from '../webApi.ts'
import { plainJson } from './plainJson.ts'

const LIMIT = 100
const LIMIT_MAX = 1000
/** Each image has three numbers: of its study, of its series, of itself; those that it does not open stay unused. */
const PER_IMAGE = 3

interface Change {
  ChangeType: 'NewStudy' | 'NewSeries' | 'NewInstance'
  /** UTC. */
  Date: string
  ID: string
  Path: string
  ResourceType: 'Study' | 'Series' | 'Instance'
  Seq: number
}

/**
 * R118: what came in since a number, in the form in which Orthanc tells it (GET /changes). The ID is the UID, the path
 * one of DICOMweb. An image that was answered with success stands here at once, and after a kill too: the numbers are
 * those of the index.
 */
export async function tellChanges(
  archive: Pick<Remote<ArchiveReaderApi>, 'changeFeed'>,
  { accept, query }: Pick<Asked, 'accept' | 'query'>,
): Promise<Answer> {
  const limit = Math.min(numberOf(query, 'limit', LIMIT), LIMIT_MAX)
  if (limit === 0) throw new WebRefusal(400, 'limit is a number from 1 on.')
  if (query.has('last')) return plainJson(accept, await latest(archive))
  const since = numberOf(query, 'since', 0)
  const first = Math.floor(since / PER_IMAGE) + 1
  // Each image is a change at least: this many are enough, and one says whether there is more.
  const page = await archive.changeFeed({ instanceId: first, limit: limit + 1 })
  const changes = page.images.flatMap(changesOf).filter(({ Seq }) => Seq > since)
  const told = changes.slice(0, limit)
  const newest = page.newestInstanceId * PER_IMAGE
  return plainJson(accept, {
    Changes: told,
    Done: changes.length <= limit,
    // Smaller than what was asked for only where the index was made anew: whoever goes on from it goes on right.
    Last: told.at(-1)?.Seq ?? Math.min(since, newest),
  })
}

async function latest(archive: Pick<Remote<ArchiveReaderApi>, 'changeFeed'>) {
  const { newestInstanceId } = await archive.changeFeed({ instanceId: 1, limit: 0 })
  const { images } = await archive.changeFeed({ instanceId: newestInstanceId, limit: 1 })
  return {
    Changes: images.flatMap(changesOf).slice(-1),
    Done: true,
    Last: newestInstanceId * PER_IMAGE,
  }
}

function changesOf(image: FeedImage): Change[] {
  const { instanceId, opensStudy, opensSeries, receivedAt } = image
  const uids = [image.studyInstanceUID, image.seriesInstanceUID, image.sopInstanceUID]
  const at = { Date: new Date(receivedAt).toISOString().slice(0, 19).replace(/[-:]/g, '') }
  const change = (resource: Change['ResourceType'], depth: number): Change => ({
    ChangeType: `New${resource}`,
    ...at,
    ID: uids[depth - 1] ?? '',
    Path: resourceUrl(BASE_PATH, uids.slice(0, depth)),
    ResourceType: resource,
    Seq: (instanceId - 1) * PER_IMAGE + depth,
  })
  return [
    ...(opensStudy ? [change('Study', 1)] : []),
    ...(opensSeries ? [change('Series', 2)] : []),
    change('Instance', 3),
  ]
}

function numberOf(query: URLSearchParams, name: 'since' | 'limit', otherwise: number): number {
  const text = query.get(name)
  if (text === null || text === '') return otherwise
  if (!/^\d{1,15}$/.test(text)) throw new WebRefusal(400, `${name} is a number from 0 on.`)
  return Number(text)
}
