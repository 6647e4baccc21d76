import type { AssociationProposal } from '../associationRecord.ts'
import type { AnsweredContext, AssociateRequest } from '../upperLayer/associatePdu.ts'
import { plainText } from './plainText.ts'

/** PS3.8 9.3.2 allows 128 contexts; of a class nobody proposes more syntaxes than the standard has. */
const CONTEXTS_MAX = 128
const TRANSFER_SYNTAXES_MAX = 48

/** What a caller asked for, and what it was answered; without `answered` the whole request was refused. */
export function proposalOf(request: AssociateRequest, answered: readonly AnsweredContext[] = []): AssociationProposal {
  return {
    implementation: plainText(request.implementationVersionName || request.implementationClassUID),
    maxPduLength: request.maxPduLength,
    contexts: request.contexts.slice(0, CONTEXTS_MAX).map(({ id, abstractSyntax, transferSyntaxes }) => {
      const answer = answered.find((context) => context.id === id)
      return {
        abstractSyntax: plainText(abstractSyntax),
        transferSyntaxes: transferSyntaxes.slice(0, TRANSFER_SYNTAXES_MAX).map(plainText),
        result: answer?.result ?? null,
        transferSyntax: answer?.result === 0 ? answer.transferSyntax : '',
      }
    }),
  }
}
