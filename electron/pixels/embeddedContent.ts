import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { readHeaderFromFile } from '#electron/dicom/part10/readHeader.ts'
import { isVideo } from '#shared/dicom/transferSyntax.ts'
import { unsigned32, valueBytes } from './attributes.ts'
import { FrameProblem } from './frameProblem.ts'
import { readFragments } from './source/fragments.ts'

const MAXIMUM_BYTES = 1024 * 1024 * 1024
const ENCAPSULATED_DOCUMENT = 'x00420011'
const ENCAPSULATED_DOCUMENT_LENGTH = 'x00420015'

/** The document or the video stream that an object wraps, as other programs open it. */
export function embeddedContent(path: string): Uint8Array<ArrayBuffer> {
  const header = readHeaderFromFile(path)
  const { dataSet, pixelData, transferSyntaxUID } = header
  const document = valueBytes(dataSet, ENCAPSULATED_DOCUMENT)
  if (document) {
    // PS3.3 C.24.2: the length without the byte that makes the value even; older objects do not say it.
    const length = unsigned32(dataSet, ENCAPSULATED_DOCUMENT_LENGTH) ?? document.length
    return Uint8Array.from(document.subarray(0, Math.min(length, document.length)))
  }
  if (isVideo(transferSyntaxUID) && pixelData?.encapsulated === true) return videoStream(path, pixelData.offset)
  throw new FrameProblem('This object holds no document and no video.')
}

/** All fragments one after the other (PS3.5 8.2.5 and following). */
function videoStream(path: string, offset: number): Uint8Array<ArrayBuffer> {
  const file = openSync(path, 'r')
  try {
    const { offsets, lengths } = readFragments(file, fstatSync(file).size, offset)
    const total = lengths.reduce((sum, length) => sum + length, 0)
    if (total > MAXIMUM_BYTES) throw new FrameProblem('This video is larger than 1 GB. Save the DICOM file instead.')
    const stream = new Uint8Array(total)
    let at = 0
    for (const [index, start] of offsets.entries()) {
      const length = lengths[index] ?? 0
      if (readSync(file, stream, at, length, start) < length) throw new FrameProblem('The video is incomplete.')
      at += length
    }
    return stream
  } finally {
    closeSync(file)
  }
}
