import { storageSOPClassUIDs } from '#shared/dicom/sopClass.ts'
import {
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  isVideo,
  TRANSFER_SYNTAXES,
} from '#shared/dicom/transferSyntax.ts'
import type { QueryRoot } from '../nodeApi.ts'
import type { ProposedContext, RoleSelection } from '../upperLayer/associatePdu.ts'
import { proposedRoots } from './queryRoot.ts'

/** PS3.8 9.3.2.2: IDs are the odd numbers below 256. Two are the roots'. */
const CONTEXTS_MAX = 128
const STORAGE_CONTEXTS_MAX = CONTEXTS_MAX - 2

/** Explicit VR Little Endian before Implicit, which loses the VRs of private elements. */
const uncompressed = [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN, EXPLICIT_VR_BIG_ENDIAN]
const compressed = [...TRANSFER_SYNTAXES.values()]
  .filter(({ codec, encapsulated, deflated }) => codec !== 'other' && (encapsulated || deflated))
  .map(({ uid }) => uid)
/** Each syntax by itself, and the videos together: a server has one of them at most. */
const oneByOne = [
  ...[...uncompressed, ...compressed.filter((uid) => !isVideo(uid))].map((uid) => [uid]),
  compressed.filter(isVideo),
]

/** Under 1.2.840.10008.5.1.4.1.1: what clinics keep, where nobody says which classes are coming. */
const COMMON =
  `1 1.1 1.1.1 1.2 1.3 2 2.1 3.1 4 4.1 6.1 6.2 7 7.1 7.2 7.3 7.4 9.1.1 9.1.2 11.1 12.1 12.1.1 12.2 12.2.1 13.1.1
  13.1.3 20 66 66.4 66.5 67 77.1.1 77.1.1.1 77.1.2 77.1.3 77.1.4 77.1.4.1 77.1.5.1 77.1.5.2 77.1.5.4 88.11 88.22 88.33 88.34
  88.59 88.67 104.1 104.2 104.3 128 128.1 130 481.1 481.2 481.3 481.5 481.8`
    .split(/\s+/)
    .map((end) => `1.2.840.10008.5.1.4.1.1.${end}`)

/**
 * The roots, and storage classes for what comes. Each syntax stands in a context of its own, so that the server can send
 * what it holds as it holds it; where there are too many classes for that, the compressed ones stand in one.
 */
export function getContexts(sopClassUIDs: readonly string[], root?: QueryRoot): ProposedContext[] {
  const contexts = proposedRoots('GET', root)
  const propose = (abstractSyntax: string, transferSyntaxes: string[]) => {
    if (contexts.length < CONTEXTS_MAX) contexts.push({ id: contexts.length * 2 + 1, abstractSyntax, transferSyntaxes })
  }
  const sure = [...new Set(sopClassUIDs.length > 0 ? sopClassUIDs : COMMON)]
  const ways = [oneByOne, [uncompressed, compressed], [uncompressed]]
  const fitting = ways.find((groups) => groups.length * sure.length <= STORAGE_CONTEXTS_MAX) ?? [uncompressed]
  for (const uid of sure) for (const syntaxes of fitting) propose(uid, syntaxes)
  // Whatever else may be there.
  if (sopClassUIDs.length === 0)
    for (const uid of storageSOPClassUIDs().filter((each) => !COMMON.includes(each))) propose(uid, uncompressed)
  return contexts
}

/** PS3.7 D.3.3.4: we are the SCP of the storage classes, not their SCU. */
export function getRoles(contexts: readonly ProposedContext[]): RoleSelection[] {
  const roots = new Set(proposedRoots('GET').map(({ abstractSyntax }) => abstractSyntax))
  const classes = new Set(contexts.map(({ abstractSyntax }) => abstractSyntax).filter((uid) => !roots.has(uid)))
  return [...classes].map((sopClassUID) => ({ sopClassUID, scu: false, scp: true }))
}
