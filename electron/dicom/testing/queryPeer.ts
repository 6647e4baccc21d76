import { statusClass } from '#shared/dicom/status.ts'
import { EXPLICIT_VR_LITTLE_ENDIAN } from '#shared/dicom/transferSyntax.ts'
import type { CommandSet } from '../dimse/commandSet.ts'
import { decodeIdentifier, encodeIdentifier, type Identifier } from '../dimse/identifier.ts'
import { type Proposal, ScriptedPeer } from './scriptedPeer.ts'

export interface Answer {
  command: CommandSet
  identifier: Identifier | undefined
  bytes: Buffer | undefined
}

export interface Asking {
  sopClassUID: string
  commandField: number
  /** Keywords and values, or bytes as they are. */
  identifier: Identifier | Uint8Array
  transferSyntaxUID?: string
  moveDestination?: string
  proposal?: Proposal
}

/** Opens an association and asks one thing of a query/retrieve SCP, as it says and not as our own SCU would. */
export async function beginQuery(port: number, asking: Asking) {
  const { sopClassUID, commandField, identifier, transferSyntaxUID = EXPLICIT_VR_LITTLE_ENDIAN } = asking
  const contexts = [
    { id: 1, abstractSyntax: sopClassUID, transferSyntaxes: [transferSyntaxUID] },
    ...(asking.proposal?.contexts ?? []),
  ]
  const { peer, accept } = await ScriptedPeer.open(port, { ...asking.proposal, contexts })
  const bytes = identifier instanceof Uint8Array ? identifier : encodeIdentifier(identifier, transferSyntaxUID)
  const command: CommandSet = {
    commandField,
    hasDataSet: true,
    affectedSOPClassUID: sopClassUID,
    messageID: 7,
    priority: 0,
  }
  if (asking.moveDestination !== undefined) command.moveDestination = asking.moveDestination
  peer.message(1, command, bytes)

  async function next(): Promise<Answer> {
    const answer = await peer.nextCommand()
    if (!answer) throw new Error('No answer came')
    const data = answer.hasDataSet ? await peer.nextData() : undefined
    return { command: answer, identifier: data && decodeIdentifier(data, transferSyntaxUID), bytes: data }
  }

  return {
    peer,
    accept,
    next,
    cancel: () => peer.message(1, { commandField: 0x0fff, hasDataSet: false, messageIDBeingRespondedTo: 7 }),
    /** Up to the final response, which comes last. */
    async all(): Promise<Answer[]> {
      const answers: Answer[] = []
      while (true) {
        const answer = await next()
        answers.push(answer)
        if (statusClass(answer.command.status ?? -1) !== 'pending') return answers
      }
    },
  }
}

export async function askQuery(port: number, asking: Asking): Promise<Answer[]> {
  const query = await beginQuery(port, asking)
  const answers = await query.all()
  query.peer.destroy()
  return answers
}
