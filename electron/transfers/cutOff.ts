import { closeSync, fstatSync, openSync } from 'node:fs'
import { endsBeforePixels } from '#electron/dicom/part10/endsBeforePixels.ts'
import type { Part10Header } from '#electron/dicom/part10/readHeader.ts'
import { FrameProblem } from '#electron/pixels/frameProblem.ts'
import { readFragments } from '#electron/pixels/source/fragments.ts'
import { TRANSFER_SYNTAXES } from '#shared/dicom/transferSyntax.ts'

/** Whether less came than its own header claims. */
export function isCutOff(header: Part10Header, totalBytes: number): boolean {
  const { pixelData, transferSyntaxUID } = header
  if (pixelData?.length === undefined) return false
  const isDeflated = TRANSFER_SYNTAXES.get(transferSyntaxUID)?.deflated === true
  return !isDeflated && pixelData.offset + pixelData.length > totalBytes
}

/**
 * Why a file of which another one lies where it came from must not be kept as whole; '' when it is. Of compressed pixels
 * each fragment says how long it is. `moved`: by how much our meta information in front of the data set is longer.
 */
export function whyNotWhole(path: string, header: Part10Header, moved: number): string {
  if (endsBeforePixels(header)) return 'It is cut off in front of its pixels.'
  if (!header.pixelData?.encapsulated) return ''
  const file = openSync(path, 'r')
  try {
    readFragments(file, fstatSync(file).size, header.pixelData.offset + moved)
    return ''
  } catch (error) {
    if (error instanceof FrameProblem) return error.message
    throw error
  } finally {
    closeSync(file)
  }
}
