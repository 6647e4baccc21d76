import type { RetrieveKeys } from '#electron/dicom/nodeApi.ts'
import { isAcceptableUID } from '#shared/dicom/uid.ts'

export interface WadoRequest {
  /** Below the root. */
  resource: string
  /** Where one image alone is asked for. */
  sopInstanceUID: string | undefined
}

/** PS3.18 10.4.1: a study, its series or single images. Undefined where a UID is none: no path is made of it. */
export function wadoRequests(keys: RetrieveKeys): WadoRequest[] | undefined {
  const { level, studyInstanceUID = '', seriesInstanceUIDs = [], sopInstanceUIDs = [] } = keys
  if (![studyInstanceUID, ...seriesInstanceUIDs, ...sopInstanceUIDs].every(isAcceptableUID)) return undefined
  const study = `/studies/${studyInstanceUID}`
  if (level === 'STUDY') return [{ resource: study, sopInstanceUID: undefined }]
  if (level === 'SERIES')
    return seriesInstanceUIDs.map((uid) => ({ resource: `${study}/series/${uid}`, sopInstanceUID: undefined }))
  const [series] = seriesInstanceUIDs
  if (level !== 'IMAGE' || series === undefined) return undefined
  return sopInstanceUIDs.map((sopInstanceUID) => ({
    resource: `${study}/series/${series}/instances/${sopInstanceUID}`,
    sopInstanceUID,
  }))
}
