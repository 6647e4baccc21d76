import { readFileSync, statSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import { EXPLICIT_VR_LITTLE_ENDIAN, TRANSFER_SYNTAXES } from '#shared/dicom/transferSyntax.ts'
import { readHeaderFromFile } from '../part10/readHeader.ts'
import { convertDataSet } from './convertDataSet.ts'
import { type Begins, decodePixels } from './decodePixels.ts'

/** Conversion happens in memory; larger objects are sent as stored or not at all. */
const LARGEST_BYTES = 1024 * 1024 * 1024

/**
 * The data set of a stored file in Explicit or Implicit VR Little Endian; encapsulated pixel data is decoded. Rejects
 * with a sentence when it cannot be done without loss of anything but the compression.
 */
export async function transcode(
  path: string,
  from: string,
  to: string,
  begins: Begins = () => {},
): Promise<Uint8Array> {
  if (statSync(path).size > LARGEST_BYTES) throw new Error('It is too large to be converted.')
  const header = readHeaderFromFile(path)
  const file = readFileSync(path)
  const stored = file.subarray(header.dataSetOffset)
  const syntax = TRANSFER_SYNTAXES.get(from)
  const dataSet = syntax?.deflated ? inflate(stored) : stored
  if (syntax?.encapsulated && header.pixelData && !header.pixelData.encapsulated)
    throw new Error('Its pixel data is not what its transfer syntax says.')
  const pixels = header.pixelData?.encapsulated ? await decodePixels(path, from, begins) : undefined
  return convertDataSet(dataSet, from, { explicit: to === EXPLICIT_VR_LITTLE_ENDIAN }, pixels)
}

function inflate(bytes: Uint8Array): Uint8Array {
  return inflateRawSync(bytes, { maxOutputLength: LARGEST_BYTES })
}
