import type { ArchiveReaderApi } from '#electron/archive/archiveApi.ts'
import type { FindQuery, NodeApi, Peer, RetrieveKeys } from '#electron/dicom/nodeApi.ts'
import type { Remote } from '#electron/threads/remote.ts'

export interface StudyToRetrieve {
  studyInstanceUID: string
  seriesInstanceUIDs?: string[] | undefined
}

/** A UID has up to 64 characters; a hundred of them keep the identifier small for every server. */
const UIDS_A_REQUEST = 100
const MAX_INSTANCES = 100_000

export interface Missing {
  /** SOP Instance UIDs of the study that need not come again. */
  here: string[]
  requests: RetrieveKeys[]
}

/**
 * What a server has of a study and we do not, as requests at IMAGE level; undefined where the whole study has to be asked
 * for: nothing of it is here, or the server does not answer such questions.
 */
export async function missingInstances(
  parts: { node: Pick<Remote<NodeApi>, 'find'>; reader: Pick<Remote<ArchiveReaderApi>, 'holds'>; peer: Peer },
  study: StudyToRetrieve,
  signal: AbortSignal,
): Promise<Missing | undefined> {
  const { node, reader, peer } = parts
  const { studyInstanceUID } = study
  const uids = async (query: FindQuery, keyword: string): Promise<string[]> => {
    const found: string[] = []
    for await (const match of node.find(peer, query, signal)) {
      const uid = match[keyword]
      if (uid) found.push(uid)
      if (found.length > MAX_INSTANCES) break
    }
    return found
  }
  try {
    const seriesUIDs =
      study.seriesInstanceUIDs ??
      (await uids(
        { level: 'SERIES', keys: { StudyInstanceUID: studyInstanceUID, SeriesInstanceUID: '' } },
        'SeriesInstanceUID',
      ))
    const found: Missing = { here: [], requests: [] }
    for (const seriesUID of seriesUIDs) {
      const keys = { StudyInstanceUID: studyInstanceUID, SeriesInstanceUID: seriesUID, SOPInstanceUID: '' }
      const there = await uids({ level: 'IMAGE', keys }, 'SOPInstanceUID')
      const here = await reader.holds(there)
      const missing = there.filter((uid) => here[uid] === undefined)
      found.here.push(...there.filter((uid) => here[uid] !== undefined))
      for (let start = 0; start < missing.length; start += UIDS_A_REQUEST) {
        const sopInstanceUIDs = missing.slice(start, start + UIDS_A_REQUEST)
        found.requests.push({ level: 'IMAGE', studyInstanceUID, seriesInstanceUIDs: [seriesUID], sopInstanceUIDs })
      }
    }
    return found.here.length > 0 ? found : undefined
  } catch (error) {
    if (signal.aborted) throw error
    return undefined
  }
}
