import { statfsSync } from 'node:fs'
import { OUT_OF_RESOURCES } from '#shared/dicom/status.ts'
import { DimseError } from '../dimse/dimseError.ts'
import type { ServedAssociation } from './service.ts'

/** R064: refused while there is still room for the index and for the person to work. */
export function spaceRefusal({ configuration }: ServedAssociation): DimseError | undefined {
  const { storageFolder, minFreeBytes } = configuration
  try {
    const { bavail, bsize } = statfsSync(storageFolder)
    if (bavail * bsize >= minFreeBytes) return undefined
    return new DimseError(OUT_OF_RESOURCES, 'The storage folder is full')
  } catch {
    return new DimseError(OUT_OF_RESOURCES, 'The storage folder cannot be reached')
  }
}
