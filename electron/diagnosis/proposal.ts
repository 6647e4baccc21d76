import type { Proposed } from '#electron/dicom/nodeApi.ts'
import {
  PATIENT_ROOT_FIND,
  PATIENT_ROOT_GET,
  PATIENT_ROOT_MOVE,
  STUDY_ROOT_FIND,
  STUDY_ROOT_GET,
  STUDY_ROOT_MOVE,
  VERIFICATION,
} from '#shared/dicom/sopClass.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import type { Found } from './stage.ts'

const UNCOMPRESSED = [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN]
const proposed = (abstractSyntax: string): Proposed => ({ abstractSyntax, transferSyntaxes: UNCOMPRESSED })

const QUERY_RETRIEVE = [
  { name: 'query', study: STUDY_ROOT_FIND, patient: PATIENT_ROOT_FIND },
  { name: 'MOVE', study: STUDY_ROOT_MOVE, patient: PATIENT_ROOT_MOVE },
  { name: 'GET', study: STUDY_ROOT_GET, patient: PATIENT_ROOT_GET },
] as const

/** What the test's association proposes: the echo, and what a server for queries is asked later. */
export function serviceProposal(queryRetrieve: boolean): Proposed[] {
  const wanted = queryRetrieve ? QUERY_RETRIEVE.flatMap(({ study, patient }) => [study, patient]) : []
  return [VERIFICATION, ...wanted].map(proposed)
}

/** `echo, query, MOVE (Study Root only)`. */
export function serviceNames(accepted: readonly string[]): string {
  const has = (uid: string) => accepted.includes(uid)
  const roots = QUERY_RETRIEVE.flatMap(({ name, study, patient }) => {
    if (has(study) && has(patient)) return [name]
    if (has(study)) return [`${name} (Study Root only)`]
    return has(patient) ? [`${name} (Patient Root only)`] : []
  })
  return [...(has(VERIFICATION) ? ['echo'] : []), ...roots].join(', ')
}

/** Either root of C-FIND was accepted. */
export function offersSearch({ association }: Pick<Found, 'association'>): boolean {
  const contexts = association?.negotiated?.contexts ?? []
  const roots = [STUDY_ROOT_FIND, PATIENT_ROOT_FIND]
  return contexts.some(({ abstractSyntax, result }) => result === 0 && roots.includes(abstractSyntax))
}
