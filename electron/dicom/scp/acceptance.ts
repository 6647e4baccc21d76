import { isStorage } from '#shared/dicom/sopClass.ts'
import { IMPLICIT_VR_LITTLE_ENDIAN, TRANSFER_SYNTAXES } from '#shared/dicom/transferSyntax.ts'
import type { KnownDevice, NodeConfiguration } from '../nodeApi.ts'

/** What a person lets in of all that Storage could take (R058, and the device's own entry among the servers). */
export interface Acceptance {
  sopClass(uid: string): boolean
  transferSyntax(uid: string): boolean
}

export function acceptance(
  { unknownClasses }: Pick<NodeConfiguration, 'unknownClasses'>,
  device: Pick<KnownDevice, 'acceptedClasses' | 'acceptedSyntaxes'> | undefined,
): Acceptance {
  const classes = device?.acceptedClasses ? new Set(device.acceptedClasses) : undefined
  const syntaxes = device?.acceptedSyntaxes ?? 'all'
  const chosen = Array.isArray(syntaxes) ? new Set(syntaxes) : undefined
  return {
    sopClass: (uid) => (classes ? classes.has(uid) : isStorage(uid) || unknownClasses === 'store'),
    transferSyntax(uid) {
      // PS3.5 10.1: the default transfer syntax is every application's.
      if (uid === IMPLICIT_VR_LITTLE_ENDIAN || syntaxes === 'all') return true
      return chosen ? chosen.has(uid) : TRANSFER_SYNTAXES.get(uid)?.encapsulated === false
    },
  }
}
