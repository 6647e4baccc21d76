import type { NodeEvent } from '#electron/dicom/nodeApi.ts'
import { rejectWords } from '#shared/dicom/associationReject.ts'

type Rejected = Extract<NodeEvent, { kind: 'associationRejected' }>

/** Somebody knocked and we said no (R070): who, why, and what lets them in. */
export function refusalSentence(event: Rejected): string {
  return `${meaning(event)} (${rejectWords(event)})`
}

function meaning({ party, source, reason, note }: Rejected): string {
  const { callingAETitle, calledAETitle, address } = party
  const who = callingAETitle || 'Somebody'
  if (source === 1 && reason === 7)
    return `${who} at ${address} called us ${calledAETitle}, which is not our AE title. Correct it at the device.`
  if (source === 1 && reason === 3)
    return `${who} at ${address} is not known here. If it is yours, let it in under Devices.`
  if (source === 3) return `${who} at ${address} could not be taken: too many connections at once. It can try again.`
  return `${who} at ${address} was not let in.${note ? ` ${note}` : ''}`
}
