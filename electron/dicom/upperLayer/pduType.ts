/** PS3.8 9.3.1: the first byte of a PDU. */
export const pduType = {
  associateRequest: 0x01,
  associateAccept: 0x02,
  associateReject: 0x03,
  data: 0x04,
  releaseRequest: 0x05,
  releaseResponse: 0x06,
  abort: 0x07,
} as const

export const PDU_HEADER_LENGTH = 6
export const PDV_HEADER_LENGTH = 6

/** The fixed fields of PS3.8 Tables 9-11 and 9-17. A body that never begins would otherwise be waited for. */
export const ASSOCIATE_PDU_MIN = 68
/** 128 contexts of 40 transfer syntaxes with long UIDs stay below 200 KB; user identity tokens add up to 128 KB. */
export const ASSOCIATE_PDU_MAX = 512 * 1024

/** A P-DATA-TF is never held in memory, so a peer that exceeds what we announced is tolerated up to here. */
export const DATA_PDU_TOLERATED = 1024 * 1024

/** Of a value's header and something behind it; a peer that announces less cannot be served by PS3.8's rules at all. */
export const SMALLEST_PDU_LENGTH = 128
export const LARGEST_PDU_LENGTH = 1024 * 1024

/** PS3.7 A.2.1. */
export const APPLICATION_CONTEXT_UID = '1.2.840.10008.3.1.1.1'

/** Length that we use when sending: PS3.8 D.1 says 0 is "no maximum". */
export function sendingPduLength(announcedByPeer: number): number {
  if (announcedByPeer === 0) return LARGEST_PDU_LENGTH
  return Math.min(Math.max(announcedByPeer, SMALLEST_PDU_LENGTH), LARGEST_PDU_LENGTH)
}

/** Input that breaks PS3.8; answered with A-ABORT, source service-provider, and this reason (PS3.8 9.3.8). */
export class InvalidPdu extends Error {
  readonly reason: number
  constructor(message: string, reason: number = abortReason.invalidParameterValue) {
    super(message)
    this.name = 'InvalidPdu'
    this.reason = reason
  }
}

/** PS3.8 Table 9-26. */
export const abortSource = { serviceUser: 0, serviceProvider: 2 } as const
export const abortReason = {
  notSpecified: 0,
  unrecognizedPdu: 1,
  unexpectedPdu: 2,
  unrecognizedParameter: 4,
  unexpectedParameter: 5,
  invalidParameterValue: 6,
} as const
