import { deflateRawSync } from 'node:zlib'
import { EXPLICIT_VR_LITTLE_ENDIAN, TRANSFER_SYNTAXES } from '#shared/dicom/transferSyntax.ts'
import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME } from '#shared/dicom/uid.ts'
import type { DataSet } from './dataSet.ts'
import { joined, writeDataSet } from './writeDataSet.ts'

export interface Part10Input {
  /** Default: Explicit VR Little Endian. Decides how the data set is encoded. */
  transferSyntaxUID?: string
  dataSet: DataSet
  /** Added to, or with `null` written empty in, the file meta information. */
  fileMeta?: DataSet
  /** 128 bytes and DICM; default true. */
  preamble?: boolean
  /** Group 0002; default true. */
  meta?: boolean
  /** Instead of the data set's own bytes (already deflated ones, for instance). */
  dataSetBytes?: Uint8Array
}

/** A DICOM file (PS3.10 7.1). Does what it is told, right or wrong: tests and the demo are its only users. */
export function writePart10(input: Part10Input): Uint8Array<ArrayBuffer> {
  const transferSyntaxUID = input.transferSyntaxUID ?? EXPLICIT_VR_LITTLE_ENDIAN
  const encoded = input.dataSetBytes ?? encodeDataSet(input.dataSet, transferSyntaxUID)
  const chunks: Uint8Array[] = []
  if (input.preamble !== false) chunks.push(new Uint8Array(128), new TextEncoder().encode('DICM'))
  if (input.meta !== false) chunks.push(...fileMetaChunks(input, transferSyntaxUID))
  return joined([...chunks, encoded])
}

/** The data set as a sender puts it on the wire under this transfer syntax. */
export function encodeDataSet(dataSet: DataSet, transferSyntaxUID: string): Uint8Array<ArrayBufferLike> {
  const syntax = TRANSFER_SYNTAXES.get(transferSyntaxUID) ?? { explicit: true, littleEndian: true, deflated: false }
  const bytes = writeDataSet(dataSet, syntax)
  return syntax.deflated ? evenLength(deflateRawSync(bytes)) : bytes
}

function fileMetaChunks(input: Part10Input, transferSyntaxUID: string): Uint8Array[] {
  const encoding = { explicit: true, littleEndian: true }
  const elements = writeDataSet(
    {
      FileMetaInformationVersion: Uint8Array.of(0, 1),
      MediaStorageSOPClassUID: input.dataSet.SOPClassUID ?? null,
      MediaStorageSOPInstanceUID: input.dataSet.SOPInstanceUID ?? null,
      TransferSyntaxUID: transferSyntaxUID,
      ImplementationClassUID: IMPLEMENTATION_CLASS_UID,
      ImplementationVersionName: IMPLEMENTATION_VERSION_NAME,
      ...input.fileMeta,
    },
    encoding,
  )
  return [writeDataSet({ FileMetaInformationGroupLength: elements.length }, encoding), elements]
}

/** PS3.5 A.5: one NUL makes a deflated stream even. */
function evenLength(bytes: Uint8Array): Uint8Array {
  return bytes.length % 2 === 0 ? bytes : joined([bytes, Uint8Array.of(0)])
}
