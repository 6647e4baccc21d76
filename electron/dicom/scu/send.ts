import { AssociationError } from '../associationError.ts'
import type { InstanceToSend, Peer, SendOutcome } from '../nodeApi.ts'

export async function* send(
  _peer: Peer,
  _instances: InstanceToSend[],
  _signal: AbortSignal,
): AsyncGenerator<SendOutcome> {
  throw new AssociationError('LOST', 'not yet')
}
