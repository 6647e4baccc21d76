import { type AnsweredContext, contextResult, type ProposedContext } from './associatePdu.ts'

/**
 * What an acceptor supports: for an abstract syntax, a test of transfer syntaxes; undefined when not supported, `refused`
 * when it is, but not for this peer or in this role.
 */
export type SupportedSyntaxes = (
  abstractSyntax: string,
) => ((transferSyntax: string) => boolean) | 'refused' | undefined

export interface AcceptedContext {
  id: number
  abstractSyntax: string
  transferSyntax: string
}

/**
 * Answers every proposed context, in the order of the proposal (PS3.8 9.3.3.2). Of the transfer syntaxes we take the
 * first that we support: the sender lists what it holds first, and so need not convert. `preferred` (R014) goes before.
 */
export function answerContexts(
  proposed: readonly ProposedContext[],
  supported: SupportedSyntaxes,
  preferred = '',
): { answered: AnsweredContext[]; accepted: Map<number, AcceptedContext> } {
  const accepted = new Map<number, AcceptedContext>()
  const answered = proposed.map(({ id, abstractSyntax, transferSyntaxes }): AnsweredContext => {
    const support = supported(abstractSyntax)
    const supports = support === 'refused' ? undefined : support
    const wanted = preferred !== '' && transferSyntaxes.includes(preferred) && supports?.(preferred)
    const transferSyntax = wanted ? preferred : supports && transferSyntaxes.find(supports)
    if (transferSyntax !== undefined) {
      accepted.set(id, { id, abstractSyntax, transferSyntax })
      return { id, result: contextResult.acceptance, transferSyntax }
    }
    // The transfer syntax of a refused context is not significant, but the item must be there.
    return { id, result: refusalResult(support), transferSyntax: transferSyntaxes[0] ?? '1.2.840.10008.1.2' }
  })
  return { answered, accepted }
}

function refusalResult(support: ReturnType<SupportedSyntaxes>): number {
  if (support === undefined) return contextResult.abstractSyntaxNotSupported
  return support === 'refused' ? contextResult.userRejection : contextResult.transferSyntaxesNotSupported
}
