import { PDU_HEADER_LENGTH, PDV_HEADER_LENGTH, pduType } from '../upperLayer/pduType.ts'
import { type CommandSet, encodeCommandSet } from './commandSet.ts'

export const FRAGMENT_OVERHEAD = PDU_HEADER_LENGTH + PDV_HEADER_LENGTH

/** Bit 0: command, bit 1: last (PS3.8 E.2). */
export const control = { data: 0, command: 1, last: 2 } as const

/** Payload that a PDU of the peer's maximum length can carry in one value; even, as PS3.8 F asks of fragments. */
export function fragmentLength(pduLength: number): number {
  return (pduLength - PDV_HEADER_LENGTH) & ~1
}

/** Writes both headers of a P-DATA-TF with one value; the payload belongs right behind. */
export function writeFragmentHeader(
  target: Buffer,
  at: number,
  contextId: number,
  controlByte: number,
  payloadLength: number,
): number {
  target.writeUInt16BE(pduType.data << 8, at)
  target.writeUInt32BE(payloadLength + PDV_HEADER_LENGTH, at + 2)
  target.writeUInt32BE(payloadLength + 2, at + 6)
  target[at + 10] = contextId
  target[at + 11] = controlByte
  return at + FRAGMENT_OVERHEAD
}

/**
 * A whole message as P-DATA-TF PDUs for one write. One value a PDU: legal PDUs that mix commands and data crash
 * DCMTK 3.6.7 and Orthanc 1.10.1.
 */
export function encodeMessage(
  contextId: number,
  command: CommandSet,
  dataSet: Uint8Array | undefined,
  pduLength: number,
): Buffer {
  const parts = [fragments(contextId, control.command, encodeCommandSet(command), pduLength)]
  if (dataSet) parts.push(fragments(contextId, control.data, dataSet, pduLength))
  const only = parts[0]
  return parts.length === 1 && only ? only : Buffer.concat(parts)
}

function fragments(contextId: number, kind: number, bytes: Uint8Array, pduLength: number): Buffer {
  const most = fragmentLength(pduLength)
  const count = Math.max(1, Math.ceil(bytes.length / most))
  const buffer = Buffer.allocUnsafe(bytes.length + count * FRAGMENT_OVERHEAD)
  let at = 0
  for (let i = 0; i < count; i += 1) {
    const part = bytes.subarray(i * most, (i + 1) * most)
    const last = i === count - 1 ? control.last : 0
    at = writeFragmentHeader(buffer, at, contextId, kind | last, part.length)
    buffer.set(part, at)
    at += part.length
  }
  return buffer
}
