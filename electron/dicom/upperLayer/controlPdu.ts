import type { AssociationReject } from '#shared/dicom/associationReject.ts'
import { InvalidPdu, pduType } from './pduType.ts'

/** PS3.8 Table 9-26. */
export interface Abort {
  source: number
  reason: number
}

export function encodeReject({ result, source, reason }: AssociationReject): Buffer {
  return Buffer.from([pduType.associateReject, 0, 0, 0, 0, 4, 0, result, source, reason])
}

export function encodeReleaseRequest(): Buffer {
  return Buffer.from([pduType.releaseRequest, 0, 0, 0, 0, 4, 0, 0, 0, 0])
}

export function encodeReleaseResponse(): Buffer {
  return Buffer.from([pduType.releaseResponse, 0, 0, 0, 0, 4, 0, 0, 0, 0])
}

export function encodeAbort({ source, reason }: Abort): Buffer {
  return Buffer.from([pduType.abort, 0, 0, 0, 0, 4, 0, 0, source, reason])
}

export function decodeReject(body: Buffer): AssociationReject {
  if (body.length !== 4) throw new InvalidPdu('The A-ASSOCIATE-RJ PDU is not four bytes long')
  return { result: body.readUInt8(1), source: body.readUInt8(2), reason: body.readUInt8(3) }
}

export function decodeAbort(body: Buffer): Abort {
  if (body.length !== 4) throw new InvalidPdu('The A-ABORT PDU is not four bytes long')
  return { source: body.readUInt8(2), reason: body.readUInt8(3) }
}
