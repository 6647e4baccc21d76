import { statfsSync } from 'node:fs'
import { isConnected } from '#electron/archive/volumeMarker.ts'
import { OUT_OF_RESOURCES } from '#shared/dicom/status.ts'
import { DimseError } from '../dimse/dimseError.ts'
import type { ServedAssociation } from './service.ts'

/** Of a volume that is smaller than what is to be kept free on it. */
const SHARE_OF_A_SMALL_VOLUME = 0.1

/** R064: refused while there is still room for the index and for the person to work. */
export function spaceRefusal({ configuration }: ServedAssociation): DimseError | undefined {
  const { storageFolder, minFreeBytes } = configuration
  // An empty mount point takes files as well as a disk does: they would be hidden when the disk comes back.
  if (!isConnected(storageFolder))
    return new DimseError(OUT_OF_RESOURCES, 'The disk of the storage folder is not connected')
  try {
    const { bavail, blocks, bsize } = statfsSync(storageFolder)
    const volume = blocks * bsize
    const wanted = minFreeBytes < volume ? minFreeBytes : volume * SHARE_OF_A_SMALL_VOLUME
    if (bavail * bsize >= wanted) return undefined
    return new DimseError(OUT_OF_RESOURCES, 'The storage folder is full')
  } catch {
    return new DimseError(OUT_OF_RESOURCES, 'The storage folder cannot be reached')
  }
}
