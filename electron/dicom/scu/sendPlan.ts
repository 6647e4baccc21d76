import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import type { InstanceToSend } from '../nodeApi.ts'
import type { ProposedContext } from '../upperLayer/associatePdu.ts'

/** One association's worth of a batch. */
export interface Load {
  contexts: ProposedContext[]
  instances: InstanceToSend[]
}

/** PS3.8 9.3.2.2: IDs are the odd numbers below 256. */
const CONTEXTS_MAX = 128

/**
 * Contexts for a batch, from what the index knows of it: each stored syntax gets a context of its own, so that the peer
 * must say whether it takes that one; beside it stands an uncompressed one for what has to be converted. Instances keep
 * their order; when 128 contexts are used up a further association begins. `onePerInstance`: for peers that take a single
 * object an association.
 */
export function planSend(instances: readonly InstanceToSend[], onePerInstance = false): Load[] {
  const loads: Load[] = []
  let keys = new Set<string>()
  let load: Load | undefined
  for (const instance of instances) {
    const { sopClassUID, transferSyntaxUID } = instance
    const stored = `${sopClassUID} ${transferSyntaxUID}`
    const fallback = `${sopClassUID} fallback`
    const needed = (keys.has(stored) ? 0 : 1) + (keys.has(fallback) ? 0 : 1)
    if (!load || onePerInstance || load.contexts.length + needed > CONTEXTS_MAX) {
      load = { contexts: [], instances: [] }
      loads.push(load)
      keys = new Set()
    }
    if (!keys.has(stored)) propose(load, sopClassUID, [transferSyntaxUID])
    if (!keys.has(fallback)) propose(load, sopClassUID, [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN])
    keys.add(stored).add(fallback)
    load.instances.push(instance)
  }
  return loads
}

function propose({ contexts }: Load, abstractSyntax: string, transferSyntaxes: string[]): void {
  contexts.push({ id: contexts.length * 2 + 1, abstractSyntax, transferSyntaxes })
}
