import { StorageError } from '#electron/archive/instanceStore.ts'
import { CANNOT_UNDERSTAND, OUT_OF_RESOURCES, PROCESSING_FAILURE } from '#shared/dicom/status.ts'
import { DimseError } from '../dimse/dimseError.ts'
import { Part10Error } from '../part10/part10Error.ts'

/** What a failed store is answered with. Errors of other threads have lost their class: their code tells. */
export function toDimseError(error: unknown): DimseError {
  if (error instanceof DimseError) return error
  if (error instanceof Part10Error) return new DimseError(CANNOT_UNDERSTAND, error.message.replace(/\.$/, ''))
  const code = (error as { code?: unknown } | undefined)?.code
  if (code === 'no-space') return new DimseError(OUT_OF_RESOURCES, 'The storage folder is full')
  if (error instanceof StorageError || code === 'io')
    return new DimseError(OUT_OF_RESOURCES, 'The storage folder cannot be written')
  return new DimseError(PROCESSING_FAILURE, 'The object cannot be stored')
}
