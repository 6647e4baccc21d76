import { statfsSync } from 'node:fs'
import { OUT_OF_RESOURCES } from '#shared/dicom/status.ts'
import { DimseError } from '../dimse/dimseError.ts'
import type { ServedAssociation } from './service.ts'

/** A small volume need not keep free what a large one does. */
const MOST_OF_THE_VOLUME = 0.1

/** R064: refused while there is still room for the index and for the person to work. */
export function spaceRefusal({ configuration }: ServedAssociation): DimseError | undefined {
  const { storageFolder, minFreeBytes } = configuration
  try {
    const { bavail, blocks, bsize } = statfsSync(storageFolder)
    if (bavail * bsize >= Math.min(minFreeBytes, blocks * bsize * MOST_OF_THE_VOLUME)) return undefined
    return new DimseError(OUT_OF_RESOURCES, 'The storage folder is full')
  } catch {
    return new DimseError(OUT_OF_RESOURCES, 'The storage folder cannot be reached')
  }
}
