import { statfsSync } from 'node:fs'
import { isConnected } from '#electron/archive/volumeMarker.ts'
import { OUT_OF_RESOURCES } from '#shared/dicom/status.ts'
import { DimseError } from '../dimse/dimseError.ts'
import type { ServedAssociation } from './service.ts'

/** A small volume need not keep free what a large one does. */
const MOST_OF_THE_VOLUME = 0.1

/** R064: refused while there is still room for the index and for the person to work. */
export function spaceRefusal({ configuration }: ServedAssociation): DimseError | undefined {
  const { storageFolder, minFreeBytes } = configuration
  // An empty mount point takes files as well as a disk does: they would be hidden when the disk comes back.
  if (!isConnected(storageFolder))
    return new DimseError(OUT_OF_RESOURCES, 'The disk of the storage folder is not connected')
  try {
    const { bavail, blocks, bsize } = statfsSync(storageFolder)
    if (bavail * bsize >= Math.min(minFreeBytes, blocks * bsize * MOST_OF_THE_VOLUME)) return undefined
    return new DimseError(OUT_OF_RESOURCES, 'The storage folder is full')
  } catch {
    return new DimseError(OUT_OF_RESOURCES, 'The storage folder cannot be reached')
  }
}
