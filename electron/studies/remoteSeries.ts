import type { NodeApi, Peer } from '#electron/dicom/nodeApi.ts'
import { callContext } from '#electron/servers/callContext.ts'
import { failureOf } from '#electron/servers/failureSentence.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { ApiError } from '#shared/contract/errors.ts'
import type { RemoteSeries } from '#shared/contract/studies.ts'
import { toRemoteSeries } from './remoteStudy.ts'

const MAX_SERIES = 1000

/** C-FIND at SERIES level under one study (PS3.4 C.6.2.1.3). Throws ApiError with the sentence. */
export async function remoteSeries(
  node: Pick<Remote<NodeApi>, 'find'>,
  peer: Peer,
  studyInstanceUID: string,
  signal: AbortSignal,
): Promise<RemoteSeries[]> {
  const keys = {
    StudyInstanceUID: studyInstanceUID,
    SeriesInstanceUID: '',
    Modality: '',
    SeriesNumber: '',
    SeriesDescription: '',
    NumberOfSeriesRelatedInstances: '',
  }
  const series: RemoteSeries[] = []
  try {
    for await (const match of node.find(peer, { level: 'SERIES', keys }, signal)) {
      series.push(toRemoteSeries(match))
      if (series.length >= MAX_SERIES) break
    }
  } catch (error) {
    const { sentence, status, code } = failureOf(error, await callContext(peer))
    const kind = code === 'REJECTED' ? 'rejected' : code === 'DIMSE' ? 'dimse-failure' : 'unreachable'
    throw new ApiError(signal.aborted ? 'cancelled' : kind, sentence, { status })
  }
  return series.toSorted((a, b) => Number(a.seriesNumber) - Number(b.seriesNumber))
}
