import { hasRoom } from '#electron/archive/hasRoom.ts'
import { isConnected } from '#electron/archive/volumeMarker.ts'
import { OUT_OF_RESOURCES } from '#shared/dicom/status.ts'
import { DimseError } from '../dimse/dimseError.ts'
import type { ServedAssociation } from './service.ts'

/** R064: refused while there is still room for the index and for the person to work. */
export function spaceRefusal({ configuration }: ServedAssociation): DimseError | undefined {
  const { storageFolder, minFreeBytes } = configuration
  // An empty mount point takes files as well as a disk does: they would be hidden when the disk comes back.
  if (!isConnected(storageFolder))
    return new DimseError(OUT_OF_RESOURCES, 'The disk of the storage folder is not connected')
  try {
    return hasRoom(storageFolder, minFreeBytes)
      ? undefined
      : new DimseError(OUT_OF_RESOURCES, 'The storage folder is full')
  } catch {
    return new DimseError(OUT_OF_RESOURCES, 'The storage folder cannot be reached')
  }
}
