import type { InstanceSource } from '#electron/archive/archiveApi.ts'
import type { NodeEvent } from '#electron/dicom/nodeApi.ts'
import type { ImportFile } from '#electron/transfers/importFile.ts'
import { CANNOT_UNDERSTAND, SUCCESS } from '#shared/dicom/status.ts'

export type Received = Extract<NodeEvent, { kind: 'instanceReceived' }>

/** PS3.4 B.2.3: out of resources. */
const OUT_OF_RESOURCES = 0xa700

/** What came of one image, as the receiver of a C-STORE would have told it. */
export async function finishPart(
  file: ImportFile,
  source: InstanceSource,
  asked: { studyInstanceUID: string; sopInstanceUID: string | undefined },
): Promise<Received> {
  const { outcome, note, sopInstanceUID, studyId, bytes, isFull } = await file.finish(source)
  const refused = outcome === 'rejected' || outcome === 'left-out'
  return {
    kind: 'instanceReceived',
    associationId: '',
    at: Date.now(),
    sopInstanceUID: sopInstanceUID || (asked.sopInstanceUID ?? ''),
    studyInstanceUID: asked.studyInstanceUID,
    moveOriginatorAETitle: '',
    bytes,
    status: refused ? (isFull ? OUT_OF_RESOURCES : CANNOT_UNDERSTAND) : SUCCESS,
    outcome: refused ? 'refused' : outcome === 'conflict' ? 'set-aside' : outcome,
    note: note || undefined,
    studyId,
  }
}
