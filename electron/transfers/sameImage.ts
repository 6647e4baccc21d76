import { closeSync, openSync, readSync } from 'node:fs'
import type { DataSet, Element } from 'dicom-parser'
import { type Part10Header, readHeaderFromFile } from '#electron/dicom/part10/readHeader.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'

export interface ImageToCompare {
  header: Part10Header
  /** Open for reading. */
  file: number
  /** Where the file has the value of its pixel data. */
  pixelDataOffset: number
}

const CHUNK_BYTES = 1024 * 1024

/**
 * Whether two files hold one image in two encodings: a scanner sends explicit VR what its disc has in implicit VR. Only
 * encodings that leave every value as it is are compared; of any other pair nothing is claimed.
 */
export function sameImage(arrived: ImageToCompare, keptPath: string): boolean {
  const kept = readHeaderFromFile(keptPath)
  if (!keepsValues(arrived.header) || !keepsValues(kept)) return false
  if (!sameDataSet(arrived.header.dataSet, kept.dataSet)) return false
  const [one, other] = [arrived.header.pixelData, kept.pixelData]
  if (!one || !other) return one === other
  if (one.keyword !== other.keyword || one.length === undefined || one.length !== other.length) return false
  const file = openSync(keptPath, 'r')
  try {
    return sameBytes({ file: arrived.file, at: arrived.pixelDataOffset }, { file, at: other.offset }, one.length)
  } finally {
    closeSync(file)
  }
}

function keepsValues({ transferSyntaxUID, pixelData }: Part10Header): boolean {
  const isPlain = transferSyntaxUID === IMPLICIT_VR_LITTLE_ENDIAN || transferSyntaxUID === EXPLICIT_VR_LITTLE_ENDIAN
  return isPlain && pixelData?.encapsulated !== true
}

function sameDataSet(one: DataSet, other: DataSet): boolean {
  const [ours, theirs] = [valuesOf(one), valuesOf(other)]
  if (ours.size !== theirs.size) return false
  for (const [tag, element] of ours) {
    const its = theirs.get(tag)
    if (!its || !sameElement(one, element, other, its)) return false
  }
  return true
}

/** Without group lengths, which every writer makes anew (PS3.5 7.2). */
function valuesOf(dataSet: DataSet): Map<string, Element> {
  return new Map(Object.entries(dataSet.elements).filter(([tag]) => !tag.endsWith('0000')))
}

function sameElement(one: DataSet, ours: Element, other: DataSet, theirs: Element): boolean {
  if (ours.items || theirs.items) {
    const [a, b] = [ours.items ?? [], theirs.items ?? []]
    // A sequence without items looks like any other empty value in implicit VR.
    return (
      a.length === b.length &&
      a.every((item, index) => {
        const its = b[index]?.dataSet
        return item.dataSet !== undefined && its !== undefined && sameDataSet(item.dataSet, its)
      })
    )
  }
  return Buffer.compare(bytesOf(one, ours), bytesOf(other, theirs)) === 0
}

function bytesOf({ byteArray }: DataSet, { dataOffset, length }: Element): Uint8Array {
  return byteArray.subarray(dataOffset, dataOffset + length)
}

interface Place {
  file: number
  at: number
}

function sameBytes(one: Place, other: Place, length: number): boolean {
  const [ours, theirs] = [Buffer.allocUnsafe(CHUNK_BYTES), Buffer.allocUnsafe(CHUNK_BYTES)]
  for (let done = 0; done < length; ) {
    const wanted = Math.min(CHUNK_BYTES, length - done)
    const read = readSync(one.file, ours, 0, wanted, one.at + done)
    if (read === 0 || readSync(other.file, theirs, 0, read, other.at + done) !== read) return false
    if (Buffer.compare(ours.subarray(0, read), theirs.subarray(0, read)) !== 0) return false
    done += read
  }
  return true
}
