import { jsonOfAttributes } from '#electron/dicomJson/jsonOfAttributes.ts'
import type { AttributeSet } from '#shared/dicom/attributeSet.ts'
import { OUT_OF_RESOURCES } from '#shared/dicom/status.ts'
import { resourceUrl } from '../resourceUrl.ts'
import type { PartOutcome } from './storedPart.ts'

/** The Store Instances Response Module (PS3.18 I.2.2): what became of each instance. */
export function storeReport(outcomes: readonly PartOutcome[], base: string): { status: number; json: string } {
  const kept = outcomes.filter(({ status }) => status === 0)
  const failed = outcomes.filter(({ status }) => status !== 0)
  const report: AttributeSet = {}
  const studies = [...new Set(kept.map(({ studyInstanceUID }) => studyInstanceUID))]
  if (studies.length === 1) report.RetrieveURL = resourceUrl(base, studies)
  if (kept.length > 0)
    report.ReferencedSOPSequence = kept.map((one) => ({
      ReferencedSOPClassUID: one.sopClassUID,
      ReferencedSOPInstanceUID: one.sopInstanceUID,
      RetrieveURL: resourceUrl(base, [one.studyInstanceUID, one.seriesInstanceUID, one.sopInstanceUID]),
    }))
  if (failed.length > 0)
    report.FailedSOPSequence = failed.map(({ sopClassUID, sopInstanceUID, status }) => ({
      ReferencedSOPClassUID: sopClassUID,
      ReferencedSOPInstanceUID: sopInstanceUID,
      FailureReason: String(status),
    }))
  return { status: statusOf(kept, failed), json: JSON.stringify(jsonOfAttributes(report)) }
}

/** PS3.18 Table 10.5.3-1. 200 is said only of a request of which every instance is on disk. */
function statusOf(kept: readonly PartOutcome[], failed: readonly PartOutcome[]): number {
  if (failed.length === 0) return 200
  if (kept.length > 0) return 202
  return failed.every(({ status }) => status === OUT_OF_RESOURCES) ? 503 : 409
}
