import type { ArchiveReaderApi, ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import type { NodeApi } from '#electron/dicom/nodeApi.ts'
import type { CallerCertificates } from '#electron/servers/peer.ts'
import type { ServerList } from '#electron/servers/serverList.ts'
import { queryPeerOf } from '#electron/servers/webPeer.ts'
import type { SettingsStore } from '#electron/settings/settingsStore.ts'
import type { Remote } from '#electron/threads/remote.ts'
import type { RemoteFindItem, RemoteStudy, StudyFilter } from '#shared/contract/studies.ts'
import { firstDay, withinDates } from './limitDates.ts'
import { namesHere } from './namesHere.ts'
import { type FoundStudy, searchServer } from './searchServer.ts'

export interface FindRemoteParts {
  node: Pick<Remote<NodeApi>, 'find'>
  reader: Pick<Remote<ArchiveReaderApi>, 'findStudyUIDs' | 'getStudies'>
  writer: Pick<Remote<ArchiveWriterApi>, 'expectInstances'>
  servers: Pick<ServerList, 'get'>
  settings: Pick<SettingsStore, 'current'>
  certificates: CallerCertificates
}

const BATCH_MS = 100

/** Asks several servers at once; their matches come as they arrive, at most ten batches a second. */
export async function* findRemote(
  { node, reader, writer, servers, settings, certificates }: FindRemoteParts,
  { serverIds, filter }: { serverIds: number[]; filter: StudyFilter },
  signal: AbortSignal,
): AsyncGenerator<RemoteFindItem> {
  const rows = [...new Set(serverIds)].map((serverId) => servers.get(serverId))
  const left = new AbortController()
  const stop = AbortSignal.any([signal, left.signal])
  const matches = new Map<number, FoundStudy[]>()
  const finished: Extract<RemoteFindItem, { kind: 'finished' }>[] = []
  let running = rows.length
  let wake = () => {}
  for (const row of rows) {
    const { serverId } = row
    const found = (study: FoundStudy) => {
      const batch = matches.get(serverId)
      if (batch) batch.push(study)
      else matches.set(serverId, [study])
      wake()
    }
    const from = firstDay(row.queryDates)
    const asked = withinDates(filter, from)
    const peer = queryPeerOf(row, settings.current(), certificates)
    // R038, R039: the narrower one counts; 0 is none.
    const limits = [row.retrieving.searchLimit, peer.web ? row.restLimit : 0].filter((each) => each > 0)
    const limit = limits.length === 0 ? 0 : Math.min(...limits)
    const searched = asked
      ? searchServer(node, serverId, peer, { filter: asked, limit }, found, stop)
      : Promise.resolve({ count: 0, capped: false, elapsedMs: 0, error: null })
    void searched.then((end) => {
      finished.push({ kind: 'finished', serverId, ...end, from })
      running -= 1
      wake()
    })
  }
  try {
    while (running > 0 || matches.size > 0 || finished.length > 0) {
      if (matches.size === 0 && finished.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      const batches = [...matches]
      const ends = finished.splice(0)
      matches.clear()
      for (const [serverId, found] of batches) {
        const studies = await withLocal(reader, found)
        // A part that is here is known for one from now on, whoever asked and for what.
        const { name = '' } = rows.find((row) => row.serverId === serverId) ?? {}
        await noteExpected(writer, name, studies)
        yield { kind: 'matches', serverId, studies }
      }
      yield* ends
      if (running > 0) await new Promise((resolve) => setTimeout(resolve, BATCH_MS))
    }
  } finally {
    left.abort()
  }
}

async function noteExpected(writer: FindRemoteParts['writer'], saidBy: string, studies: RemoteStudy[]): Promise<void> {
  const expectations = studies.flatMap(({ studyInstanceUID, instances, localStudyId }) =>
    localStudyId === null || instances === null ? [] : [{ studyInstanceUID, saidBy, instances }],
  )
  // Without room to write it down the search goes on.
  if (expectations.length > 0) await writer.expectInstances(expectations).catch(() => {})
}

const nowhere = { instances: 0, studyId: null }

async function withLocal(reader: FindRemoteParts['reader'], studies: FoundStudy[]) {
  const here = await reader.findStudyUIDs(studies.map(({ studyInstanceUID }) => studyInstanceUID))
  const names = await namesHere(reader, studies, here)
  return studies.map((study, at) => {
    const { instances, studyId } =
      (Object.hasOwn(here, study.studyInstanceUID) && here[study.studyInstanceUID]) || nowhere
    const patientName = names[at] ?? study.patientName
    return { ...study, patientName, localInstances: instances, localStudyId: studyId }
  })
}
