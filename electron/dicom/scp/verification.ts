import { VERIFICATION } from '#shared/dicom/sopClass.ts'
import { SUCCESS } from '#shared/dicom/status.ts'
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '#shared/dicom/transferSyntax.ts'
import { commandField } from '../dimse/commandField.ts'
import type { Service } from './service.ts'

const uncompressed = new Set([IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN])

/** PS3.4 A. */
export const verification: Service = {
  name: 'Verification',
  serviceClass: 'verification',
  commandFields: [commandField.cEchoRequest],
  supports: (abstractSyntax) => abstractSyntax === VERIFICATION,
  // No data set ever follows, so that any uncompressed syntax will do.
  supportsTransferSyntax: (uid) => uncompressed.has(uid),
  request(association, context, command) {
    association.respond(context, command, { status: SUCCESS })
    return undefined
  },
}
