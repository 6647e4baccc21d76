import type { Arrivals, Arrived } from './arrivals.ts'
import type { DiagnosisContext, RemoteImage } from './stage.ts'

/** Some servers answer the C-MOVE before the image has gone. */
const ARRIVES_WITHIN_MS = 3000

export interface Rehearsed {
  arrived: Arrived | undefined
  status: number
  errorComment: string | undefined
}

/** Asks for one image, by MOVE or by GET, as the server is set. Rejects with AssociationError. */
export async function rehearse(
  { parts, retrievePeer: peer, server, settings }: DiagnosisContext,
  { patientID, studyInstanceUID, seriesInstanceUID, sopInstanceUID }: RemoteImage,
  watched: Arrivals,
  signal: AbortSignal,
): Promise<Rehearsed> {
  const keys = {
    level: 'IMAGE' as const,
    ...(server.queryRoot === 'patient' ? { patientID } : {}),
    studyInstanceUID,
    seriesInstanceUIDs: [seriesInstanceUID],
    sopInstanceUIDs: [sopInstanceUID],
  }
  let status = -1
  let errorComment: string | undefined
  let arrived: Arrived | undefined
  if (peer.web || server.retrieveBy === 'get')
    for await (const step of parts.node.get(peer, { ...keys, sopClassUIDs: [] }, signal)) {
      if (step.kind === 'received') arrived = step.event
      else ({ status, errorComment } = step.progress)
    }
  else {
    for await (const progress of parts.node.move(peer, { ...keys, destination: settings.aeTitle }, signal))
      ({ status, errorComment } = progress)
    arrived = await watched.image(status === 0 ? ARRIVES_WITHIN_MS : 0, signal)
  }
  return { arrived, status, errorComment }
}
