import {
  PATIENT_ROOT_FIND,
  PATIENT_ROOT_GET,
  PATIENT_ROOT_MOVE,
  STUDY_ROOT_FIND,
  STUDY_ROOT_GET,
  STUDY_ROOT_MOVE,
} from '#shared/dicom/sopClass.ts'
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
} from '#shared/dicom/transferSyntax.ts'

/** PS3.4 C.3. The retired Patient/Study Only model is not offered: every peer that has it has one of these too. */
export type InformationModel = 'patient' | 'study'

const models: Readonly<Record<string, InformationModel>> = {
  [PATIENT_ROOT_FIND]: 'patient',
  [PATIENT_ROOT_MOVE]: 'patient',
  [PATIENT_ROOT_GET]: 'patient',
  [STUDY_ROOT_FIND]: 'study',
  [STUDY_ROOT_MOVE]: 'study',
  [STUDY_ROOT_GET]: 'study',
}

export function modelOf(sopClassUID: string): InformationModel {
  return models[sopClassUID] ?? 'study'
}

/** R086, R090. */
export const isIdentifierSyntax = (uid: string): boolean =>
  uid === IMPLICIT_VR_LITTLE_ENDIAN || uid === EXPLICIT_VR_LITTLE_ENDIAN || uid === EXPLICIT_VR_BIG_ENDIAN

/** What was agreed beyond the base behaviour (PS3.4 C.5.1.1, C.5.2.1, C.5.3.1). */
export interface Agreed {
  relational: boolean
  combinedDateTime: boolean
}

/**
 * Of a proposal we take relational queries and retrieves, and for C-FIND combined date-time matching. Fuzzy matching of
 * names, timezone adjustment and the conversion of enhanced images are answered with 0: not supported.
 */
export function agreeOn(information: Uint8Array, isFind: boolean): Uint8Array {
  return information
    .slice(0, isFind ? 5 : 2)
    .map((byte, at) => (byte === 1 && (at === 0 || (at === 1 && isFind)) ? 1 : 0))
}

export function agreedBy(answer: Uint8Array | undefined, isFind: boolean): Agreed {
  return { relational: answer?.[0] === 1, combinedDateTime: isFind && answer?.[1] === 1 }
}
