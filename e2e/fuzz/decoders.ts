import { decodeCommandSet } from '#electron/dicom/dimse/commandSet.ts'
import { DimseProtocolError } from '#electron/dicom/dimse/dimseError.ts'
import { decodeIdentifier } from '#electron/dicom/dimse/identifier.ts'
import { Part10Error } from '#electron/dicom/part10/part10Error.ts'
import { readHeader } from '#electron/dicom/part10/readHeader.ts'
import { decodeAssociateAccept, decodeAssociateRequest } from '#electron/dicom/upperLayer/decodeAssociate.ts'
import { PduReader } from '#electron/dicom/upperLayer/pduReader.ts'
import { InvalidPdu } from '#electron/dicom/upperLayer/pduType.ts'
import { mutate } from './mutate.ts'
import { random } from './random.ts'

const SLOW_MS = 500
const EXPLICIT = '1.2.840.10008.1.2.1'
const IMPLICIT = '1.2.840.10008.1.2'

/** A preamble and the least of a file meta information, to reach what is behind it. */
const HEAD = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM', 'latin1')])

/**
 * One mutated PDU given straight to each of our decoders: thousands a second, where the wire carries a hundred. What they
 * may throw is their own error; anything else, or half a second of silence, is a defect. Undefined: all is well.
 */
export function decodeMutated(seed: number, number: number, pdus: readonly Buffer[]): string | undefined {
  const dice = random(seed, number)
  const bytes = Buffer.concat(mutate(dice.pick(pdus), dice, pdus))
  const value = bytes.subarray(12)
  const decoders: [name: string, decode: () => unknown][] = [
    ['PduReader', () => readAll(bytes)],
    ['A-ASSOCIATE-RQ', () => decodeAssociateRequest(bytes.subarray(6))],
    ['A-ASSOCIATE-AC', () => decodeAssociateAccept(bytes.subarray(6))],
    ['command set', () => decodeCommandSet(value)],
    ['identifier', () => decodeIdentifier(value, EXPLICIT)],
    ['identifier, implicit', () => decodeIdentifier(value, IMPLICIT)],
    ['file', () => readHeader(Buffer.concat([HEAD, value]))],
  ]
  for (const [name, decode] of decoders) {
    const startedAt = performance.now()
    try {
      decode()
    } catch (error) {
      const isOurs = error instanceof InvalidPdu || error instanceof DimseProtocolError || error instanceof Part10Error
      if (!isOurs) return `${name}: ${error instanceof Error ? error.stack : String(error)}`
    }
    const elapsedMs = performance.now() - startedAt
    if (elapsedMs > SLOW_MS) return `${name}: took ${Math.round(elapsedMs)} ms`
  }
  return undefined
}

function readAll(bytes: Buffer): void {
  const reader = new PduReader({ onPdu() {}, onDataPdu: () => true, onFragment() {} }, 1024 * 1024)
  reader.feed(bytes)
}
