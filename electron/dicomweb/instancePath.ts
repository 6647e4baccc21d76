import { isAcceptableUID } from '#shared/dicom/uid.ts'
import type { SeriesKeys } from './seriesSample.ts'
import type { WebServer } from './webApi.ts'
import { badAnswer } from './webFailure.ts'

/** PS3.18 10.4.1. No path is made of what is no UID. */
export function instancePath(server: WebServer, keys: SeriesKeys, sopInstanceUID: string): string {
  const { studyInstanceUID, seriesInstanceUID } = keys
  if (![studyInstanceUID, seriesInstanceUID, sopInstanceUID].every(isAcceptableUID))
    throw badAnswer(`${server.name} names an image by something that is no UID.`, 'UID')
  return `${server.dicomwebPath}/studies/${studyInstanceUID}/series/${seriesInstanceUID}/instances/${sopInstanceUID}`
}
