import type { AssociationReject } from '#shared/dicom/associationReject.ts'

export interface Called {
  serverName: string
  calledAETitle: string
  callingAETitle: string
  ourAddress: string
}

/** PS3.8 table 9-21: what an A-ASSOCIATE-RJ means for the person who has to put it right. */
export function rejectionSentence({ result, source, reason }: AssociationReject, called: Called): string {
  const { serverName, calledAETitle, callingAETitle, ourAddress } = called
  const key = `${source}/${reason}`
  if (source === 1) {
    if (reason === 7)
      return `${serverName} does not accept the name ${calledAETitle}. AE titles must match exactly, also in capitals: ask its administrator for the right one.`
    if (reason === 3)
      return `${serverName} does not know us. Its administrator must add AE title ${callingAETitle}, address ${ourAddress}.`
    if (reason === 2) return `${serverName} answers, but not to DICOM's own protocol. Is the port the DICOM port?`
    return `${serverName} does not let us in and gives no reason. Its administrator checks that AE title ${callingAETitle}, address ${ourAddress} may connect.`
  }
  if (source === 2) {
    if (reason === 2)
      return `${serverName} speaks another version of the DICOM protocol. Its administrator must update it.`
    return `${serverName} refused in its protocol layer and gives no reason. Its log says more.`
  }
  if (key === '3/1') return `${serverName} is too busy at the moment. Try again in a few minutes.`
  if (key === '3/2') return `${serverName} has no free connection at the moment. Try again in a few minutes.`
  return result === 2
    ? `${serverName} refuses for now and gives no reason. Try again in a few minutes.`
    : `${serverName} refuses and gives no reason. Its administrator finds it in its log.`
}
