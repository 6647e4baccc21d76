import type { NodeApi, Peer } from '#electron/dicom/nodeApi.ts'
import { callContext } from '#electron/servers/callContext.ts'
import { failureOf } from '#electron/servers/failureSentence.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { RemoteStudy, StudyFilter } from '#shared/contract/studies.ts'
import { findKeys, otherSpellings, passes } from './findKeys.ts'
import { toRemoteStudy } from './remoteStudy.ts'

export type FoundStudy = Omit<RemoteStudy, 'localInstances' | 'localStudyId'>

export interface SearchEnd {
  count: number
  capped: boolean
  elapsedMs: number
  error: string | null
}

/** Modalities in Study is optional (PS3.4 table C.6-5): where a server leaves it out, each study's series are asked for. */
const MAX_UNSURE = 100

/** Without a limit of its own: what a page can hold. */
const MOST_STUDIES = 100_000

/** All queries that a filter needs at one server; each study is told once. Never rejects. */
export async function searchServer(
  node: Pick<Remote<NodeApi>, 'find'>,
  serverId: number,
  peer: Peer,
  { filter, limit }: { filter: StudyFilter; limit: number },
  found: (study: FoundStudy) => void,
  signal: AbortSignal,
): Promise<SearchEnd> {
  const startedAt = performance.now()
  const most = limit === 0 ? MOST_STUDIES : Math.min(limit, MOST_STUDIES)
  // A server that ignores our keys would send its whole archive.
  const mostAnswers = Math.max(most, 500) * 10
  const seen = new Set<string>()
  const unsure = new Map<string, FoundStudy>()
  let answers = 0
  let capped = false
  let error: string | null = null
  try {
    for (const keys of queriesOf(filter, () => seen.size > 0)) {
      if (capped || signal.aborted) break
      for await (const match of node.find(peer, { level: 'STUDY', keys }, signal)) {
        answers += 1
        const study = toRemoteStudy(serverId, match)
        if (filter.modalities?.length && study.modalities.length === 0) {
          unsure.set(study.studyInstanceUID, study)
          if (answers < mostAnswers) continue
        }
        const isNew = study.studyInstanceUID !== '' && !seen.has(study.studyInstanceUID) && passes(match, filter)
        if (isNew && seen.size < most) {
          seen.add(study.studyInstanceUID)
          found(study)
        } else if (isNew || answers >= mostAnswers) {
          capped = true
          break // leaving the loop sends C-CANCEL
        }
      }
    }
    for (const study of [...unsure.values()].slice(0, MAX_UNSURE)) {
      const modalities = await modalitiesOf(node, peer, study.studyInstanceUID, signal)
      if (!modalities.some((modality) => filter.modalities?.includes(modality))) continue
      seen.add(study.studyInstanceUID)
      found({ ...study, modalities })
    }
    capped ||= unsure.size > MAX_UNSURE
  } catch (failure) {
    if (!signal.aborted) error = failureOf(failure, await callContext(peer)).sentence
  }
  return { count: seen.size, capped, elapsedMs: performance.now() - startedAt, error }
}

function* queriesOf(filter: StudyFilter, hasFound: () => boolean): Generator<Record<string, string>> {
  yield* findKeys(filter)
  for (const spell of otherSpellings(filter)) {
    if (hasFound()) return
    yield* findKeys(filter, spell).filter(({ PatientName }) => PatientName !== '')
  }
}

async function modalitiesOf(
  node: Pick<Remote<NodeApi>, 'find'>,
  peer: Peer,
  studyInstanceUID: string,
  signal: AbortSignal,
): Promise<string[]> {
  const found = new Set<string>()
  const keys = { StudyInstanceUID: studyInstanceUID, SeriesInstanceUID: '', Modality: '' }
  for await (const { Modality } of node.find(peer, { level: 'SERIES', keys }, signal)) if (Modality) found.add(Modality)
  return [...found]
}
