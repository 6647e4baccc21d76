import type { ArchiveWriterApi } from '#electron/archive/archiveApi.ts'
import type { InstanceStore } from '#electron/archive/instanceStore.ts'
import type { Remote } from '#electron/threads/remote.ts'
import { isStorage } from '#shared/dicom/sopClass.ts'
import { CANNOT_UNDERSTAND, SOP_CLASS_NOT_SUPPORTED } from '#shared/dicom/status.ts'
import { TRANSFER_SYNTAXES } from '#shared/dicom/transferSyntax.ts'
import { isAcceptableUID } from '#shared/dicom/uid.ts'
import { commandField } from '../dimse/commandField.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import { DimseError } from '../dimse/dimseError.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import { spaceRefusal } from './freeSpace.ts'
import { IncomingObject } from './incomingObject.ts'
import type { LongHeaders } from './longHeaders.ts'
import type { ServedAssociation, Service } from './service.ts'

export interface StorageTarget {
  /** The store of the folder that the association's configuration names. */
  storeFor(folder: string): InstanceStore
  readonly longHeaders: LongHeaders
  readonly archive: Pick<Remote<ArchiveWriterApi>, 'addInstance'>
}

/** PS3.7 9.1.1.1.9. */
const INVALID_SOP_INSTANCE = 0x0117

/** Services whose SOP classes lie among the storage classes (PS3.4 HH, PS3.4 JJ, PS3.6 A). */
const notStorage = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(?:200\.[456]|201\.[2-6])$/

/** PS3.4 B: what is sent is kept, byte for byte, whatever it is (level 2, full). */
export function storage(target: StorageTarget): Service {
  return {
    name: 'Storage',
    serviceClass: 'storage',
    commandFields: [commandField.cStoreRequest],
    supports: isStorable,
    supportsTransferSyntax: (uid) => TRANSFER_SYNTAXES.has(uid),
    request(association, context, command) {
      const refusal = refusalOf(association, context, command)
      return new IncomingObject(association, context, command, target, refusal).sink()
    },
  }
}

/**
 * Every storage class that we know, those that the standard may add beside them, and private ones: an object of a
 * vendor's own class is worth keeping (R058), and as long as it is a C-STORE nothing else can be meant by it.
 */
function isStorable(abstractSyntax: string): boolean {
  if (isStorage(abstractSyntax)) return true
  if (abstractSyntax.startsWith('1.2.840.10008.5.1.4.1.1.')) return !notStorage.test(abstractSyntax)
  return !abstractSyntax.startsWith('1.2.840.10008.') && isAcceptableUID(abstractSyntax)
}

function refusalOf(
  association: ServedAssociation,
  context: AcceptedContext,
  command: CommandSet,
): DimseError | undefined {
  if (command.affectedSOPClassUID !== context.abstractSyntax)
    return new DimseError(SOP_CLASS_NOT_SUPPORTED, 'The SOP class is not the one of the presentation context')
  if (!isAcceptableUID(command.affectedSOPInstanceUID ?? ''))
    return new DimseError(INVALID_SOP_INSTANCE, 'The SOP Instance UID is not a UID')
  if (!command.hasDataSet) return new DimseError(CANNOT_UNDERSTAND, 'The request has no data set')
  return spaceRefusal(association)
}
