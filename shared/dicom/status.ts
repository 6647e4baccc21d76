export const SUCCESS = 0x0000
export const PENDING = 0xff00
/** Pending, and not all optional keys were supported (PS3.4 Table C.4-1). */
export const PENDING_WITH_WARNING = 0xff01
export const CANCELLED = 0xfe00
export const PROCESSING_FAILURE = 0x0110
const DUPLICATE_SOP_INSTANCE = 0x0111
const NO_SUCH_SOP_CLASS = 0x0118
export const SOP_CLASS_NOT_SUPPORTED = 0x0122
const NOT_AUTHORIZED = 0x0124
export const UNRECOGNIZED_OPERATION = 0x0211
export const OUT_OF_RESOURCES = 0xa700
export const CANNOT_COUNT_MATCHES = 0xa701
export const CANNOT_PERFORM_SUB_OPERATIONS = 0xa702
export const MOVE_DESTINATION_UNKNOWN = 0xa801
/** PS3.4 Table C.4-2: some of the sub-operations failed or were warned of. */
export const SUB_OPERATIONS_INCOMPLETE = 0xb000
export const DATA_SET_DOES_NOT_MATCH_SOP_CLASS = 0xa900
export const CANNOT_UNDERSTAND = 0xc000

export type StatusClass = 'success' | 'pending' | 'cancel' | 'warning' | 'failure'

/** PS3.7 C: what is not known to be well counts as a failure. */
export function statusClass(status: number): StatusClass {
  if (status === SUCCESS) return 'success'
  if (status === PENDING || status === PENDING_WITH_WARNING) return 'pending'
  if (status === CANCELLED) return 'cancel'
  if (status === 0x0001 || status === 0x0107 || status === 0x0116) return 'warning'
  return status >> 12 === 0xb ? 'warning' : 'failure'
}

const WORDS: Readonly<Record<number, string>> = {
  [SUCCESS]: 'success',
  261: 'no such attribute',
  262: 'invalid attribute value',
  263: 'attribute list error',
  [PROCESSING_FAILURE]: 'processing failure',
  [DUPLICATE_SOP_INSTANCE]: 'duplicate SOP instance',
  274: 'no such SOP instance',
  277: 'invalid argument value',
  278: 'attribute value out of range',
  279: 'invalid SOP instance',
  [NO_SUCH_SOP_CLASS]: 'no such SOP class',
  281: 'class-instance conflict',
  288: 'missing attribute',
  289: 'missing attribute value',
  [SOP_CLASS_NOT_SUPPORTED]: 'SOP class not supported',
  [NOT_AUTHORIZED]: 'not authorized',
  528: 'duplicate invocation',
  [UNRECOGNIZED_OPERATION]: 'unrecognized operation',
  530: 'mistyped argument',
  531: 'resource limitation',
  [CANNOT_COUNT_MATCHES]: 'out of resources: cannot count the matches',
  [CANNOT_PERFORM_SUB_OPERATIONS]: 'out of resources: cannot perform sub-operations',
  [MOVE_DESTINATION_UNKNOWN]: 'move destination unknown',
  [SUB_OPERATIONS_INCOMPLETE]: 'coercion of data elements, or one or more sub-operations failed',
  45062: 'elements discarded',
  45063: 'data set does not match SOP class',
  [CANCELLED]: 'cancelled',
  [PENDING]: 'pending',
  [PENDING_WITH_WARNING]: 'pending, not all keys supported',
}

/** The standard's words for a status of C-STORE, C-FIND, C-MOVE, C-GET, C-ECHO and N-services, with its code. */
export function statusWords(status: number): string {
  const code = status.toString(16).toUpperCase().padStart(4, '0')
  return `${WORDS[status] ?? rangeWords(status)} (${code})`
}

function rangeWords(status: number): string {
  if (status >> 8 === 0xa7) return 'out of resources'
  if (status >> 8 === 0xa9) return 'data set does not match SOP class'
  if (status >> 12 === 0xc) return 'cannot understand or unable to process'
  return statusClass(status) === 'warning' ? 'warning' : 'failure'
}
