/** Result, source and reason of an A-ASSOCIATE-RJ (PS3.8 Table 9-21). */
export interface AssociationReject {
  result: number
  source: number
  reason: number
}

export const CALLING_AE_TITLE_NOT_RECOGNIZED: AssociationReject = { result: 1, source: 1, reason: 3 }
export const CALLED_AE_TITLE_NOT_RECOGNIZED: AssociationReject = { result: 1, source: 1, reason: 7 }
export const APPLICATION_CONTEXT_NOT_SUPPORTED: AssociationReject = { result: 1, source: 1, reason: 2 }
export const PROTOCOL_VERSION_NOT_SUPPORTED: AssociationReject = { result: 1, source: 2, reason: 2 }
export const TEMPORARY_CONGESTION: AssociationReject = { result: 2, source: 3, reason: 1 }
export const LOCAL_LIMIT_EXCEEDED: AssociationReject = { result: 2, source: 3, reason: 2 }

const REASONS: Readonly<Record<string, string>> = {
  '1/1': 'no reason given',
  '1/2': 'application context name not supported',
  '1/3': 'calling AE title not recognized',
  '1/7': 'called AE title not recognized',
  '2/1': 'no reason given',
  '2/2': 'protocol version not supported',
  '3/1': 'temporary congestion',
  '3/2': 'local limit exceeded',
}

/** `rejected 1/1/7, called AE title not recognized`: the standard's words, to be copied to an administrator. */
export function rejectWords({ result, source, reason }: AssociationReject): string {
  return `rejected ${result}/${source}/${reason}, ${REASONS[`${source}/${reason}`] ?? 'a reason that the standard does not know'}`
}

/** Worth trying again later without anybody doing anything. */
export function isTransientReject({ result }: AssociationReject): boolean {
  return result === 2
}
