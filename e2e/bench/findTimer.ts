import { commandField } from '#electron/dicom/dimse/commandField.ts'
import { encodeIdentifier } from '#electron/dicom/dimse/identifier.ts'
import { uncompressedContext } from '#electron/dicom/scu/queryRoot.ts'
import { Requestor } from '#electron/dicom/scu/requestor.ts'
import { STUDY_ROOT_FIND } from '#shared/dicom/sopClass.ts'
import { statusClass } from '#shared/dicom/status.ts'
import type { MoveDestination } from '../peers/dcmtk.ts'

/** What a workstation's search asks to be returned. */
const RETURNED = {
  PatientName: '',
  PatientID: '',
  PatientBirthDate: '',
  StudyDate: '',
  StudyTime: '',
  AccessionNumber: '',
  StudyDescription: '',
  StudyInstanceUID: '',
  ModalitiesInStudy: '',
}

export interface FindTimer extends AsyncDisposable {
  /** Milliseconds from the request to the final response; how many matches came. */
  ask(keys: Record<string, string>): Promise<{ elapsedMs: number; matches: number }>
}

/** One association on which C-FINDs at STUDY level are timed one after the other. */
export async function openFindTimer(to: MoveDestination): Promise<FindTimer> {
  const peer = {
    name: to.aeTitle,
    callingAETitle: 'BENCH',
    calledAETitle: to.aeTitle,
    host: '127.0.0.1',
    port: to.port,
    tls: undefined,
    connectTimeoutMs: 10_000,
    dimseTimeoutMs: 120_000,
    maxPduLength: 131_072,
  }
  const requestor = await Requestor.open(peer, [uncompressedContext(STUDY_ROOT_FIND)], new AbortController().signal)
  const context = requestor.contextFor(STUDY_ROOT_FIND)
  if (!context) throw new Error(`${to.aeTitle} takes no C-FIND`)
  return {
    async ask(keys) {
      const identifier = encodeIdentifier({ ...RETURNED, ...keys, QueryRetrieveLevel: 'STUDY' }, context.transferSyntax)
      const startedAt = performance.now()
      requestor.send(
        context,
        {
          commandField: commandField.cFindRequest,
          hasDataSet: true,
          affectedSOPClassUID: STUDY_ROOT_FIND,
          messageID: requestor.nextMessageID(),
          priority: 0,
        },
        identifier,
      )
      for (let matches = 0; ; matches += 1) {
        const { command } = await requestor.next()
        const kind = statusClass(command.status ?? -1)
        if (kind === 'pending') continue
        if (kind !== 'success') throw new Error(`${to.aeTitle}: status ${command.status?.toString(16)}`)
        return { elapsedMs: performance.now() - startedAt, matches }
      }
    },
    [Symbol.asyncDispose]: () => requestor.release(),
  }
}
