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
import { AssociationError } from '../associationError.ts'
import type { Peer, QueryRoot } from '../nodeApi.ts'
import type { AcceptedContext } from '../upperLayer/acceptContexts.ts'
import type { ProposedContext } from '../upperLayer/associatePdu.ts'
import type { Requestor } from './requestor.ts'

const classes = {
  FIND: { study: STUDY_ROOT_FIND, patient: PATIENT_ROOT_FIND },
  MOVE: { study: STUDY_ROOT_MOVE, patient: PATIENT_ROOT_MOVE },
  GET: { study: STUDY_ROOT_GET, patient: PATIENT_ROOT_GET },
}
export type RootOperation = keyof typeof classes

/** One context a syntax would let the peer choose per message; one for all is what every peer handles (R148). */
export function uncompressedContext(abstractSyntax: string, id = 1): ProposedContext {
  const transferSyntaxes = [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN]
  return { id, abstractSyntax, transferSyntaxes }
}

/** Both roots, so that a server that has only the other one can be asked all the same. */
export function proposedRoots(operation: RootOperation, preferred: QueryRoot = 'study'): ProposedContext[] {
  const other = preferred === 'study' ? 'patient' : 'study'
  return [uncompressedContext(classes[operation][preferred], 1), uncompressedContext(classes[operation][other], 3)]
}

/** The root that is wanted, where the peer accepts it. Throws NO_CONTEXT where it accepts none. */
export function acceptedRoot(
  requestor: Requestor,
  operation: RootOperation,
  { queryRoot: preferred = 'study' }: Pick<Peer, 'queryRoot'>,
): { root: QueryRoot; context: AcceptedContext } {
  for (const root of preferred === 'study' ? (['study', 'patient'] as const) : (['patient', 'study'] as const)) {
    const context = requestor.contextFor(classes[operation][root])
    if (context) return { root, context }
  }
  throw new AssociationError('NO_CONTEXT', `The peer accepts neither root of Query/Retrieve - ${operation}`)
}
