import { CANNOT_UNDERSTAND, DATA_SET_DOES_NOT_MATCH_SOP_CLASS } from '#shared/dicom/status.ts'
import { DimseError } from '../dimse/dimseError.ts'
import type { Part10Header } from '../part10/readHeader.ts'

/** What the C-STORE request said of the object. */
export interface AnnouncedInstance {
  sopClassUID: string
  sopInstanceUID: string
}

/** Throws DimseError when the data set is not whole, or not the one that was announced (PS3.4 B.2.3). */
export function checkHeader(header: Part10Header, announced: AnnouncedInstance): void {
  if (!header.complete) throw new DimseError(CANNOT_UNDERSTAND, 'The data set ends too early')
  const sopClassUID = header.text('SOPClassUID')
  const sopInstanceUID = header.text('SOPInstanceUID')
  if (sopClassUID === '' || sopInstanceUID === '')
    throw new DimseError(CANNOT_UNDERSTAND, 'The data set lacks its SOP Class UID or SOP Instance UID')
  if (sopClassUID !== announced.sopClassUID)
    throw new DimseError(DATA_SET_DOES_NOT_MATCH_SOP_CLASS, 'The data set is of another SOP class')
  if (sopInstanceUID !== announced.sopInstanceUID)
    throw new DimseError(DATA_SET_DOES_NOT_MATCH_SOP_CLASS, 'The data set has another SOP Instance UID')
}
