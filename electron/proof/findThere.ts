import type { NodeApi, Peer } from '#electron/dicom/nodeApi.ts'
import type { Remote } from '#electron/threads/remote.ts'

/** An instance with the unique keys above it (PS3.4 C.6.2). */
export interface Located {
  studyInstanceUID: string
  seriesInstanceUID: string
  sopInstanceUID: string
}

/** Beyond those that are looked for: a server that answers without end is not counted to the end. */
const MAX_OTHERS = 200_000

/** Which of these instances a server has, by C-FIND at IMAGE level, series by series. Rejects as `find` does. */
export async function findThere(
  node: Pick<Remote<NodeApi>, 'find'>,
  peer: Peer,
  instances: readonly Located[],
  signal: AbortSignal,
): Promise<Set<string>> {
  const series = new Map<string, Located>()
  const wanted = new Set<string>()
  for (const instance of instances) {
    series.set(`${instance.studyInstanceUID} ${instance.seriesInstanceUID}`, instance)
    wanted.add(instance.sopInstanceUID)
  }
  const there = new Set<string>()
  let answers = 0
  for (const { studyInstanceUID, seriesInstanceUID } of series.values()) {
    const keys = { StudyInstanceUID: studyInstanceUID, SeriesInstanceUID: seriesInstanceUID, SOPInstanceUID: '' }
    for await (const match of node.find(peer, { level: 'IMAGE', keys }, signal)) {
      const uid = match.SOPInstanceUID ?? ''
      if (wanted.has(uid)) there.add(uid)
      answers += 1
      if (answers > wanted.size + MAX_OTHERS) return there
    }
  }
  return there
}
