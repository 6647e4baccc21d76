import type { CommitmentSummary, ItemCommitment } from '#shared/contract/transfers.ts'
import { formatCount } from '../../app/formatAmount.ts'
import type { StateWord } from './transferState.ts'

const clock = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

export function commitmentWord({ asked, refused, notAsked }: CommitmentSummary): StateWord {
  if (refused > 0) return { status: 'refused', word: 'Not committed' }
  if (notAsked > 0) return { status: 'attention', word: 'Not asked' }
  return asked > 0 ? { status: 'waiting', word: 'No answer yet' } : { status: 'proved', word: 'Committed' }
}

/** What the server said of how many, and what it has not said. */
export function commitmentText(summary: CommitmentSummary, server: string): string {
  const { asked, committed, refused, notAsked, askedAt, note } = summary
  const all = asked + committed + refused + notAsked
  const images = (count: number) => formatCount(count, 'image')
  return [
    committed === all ? `${server} answers for ${all === 1 ? 'the image' : `all ${images(all)}`}.` : '',
    committed > 0 && committed < all ? `${server} answers for ${committed} of ${images(all)}.` : '',
    refused > 0 ? `It does not answer for ${images(refused)}; the list says why.` : '',
    asked > 0 ? `Asked ${clock.format(askedAt)} for ${images(asked)}; ${server} has not answered yet.` : '',
    notAsked > 0 ? `It could not be asked for ${images(notAsked)}: ${note}` : '',
  ]
    .filter(Boolean)
    .join(' ')
}

const itemWords: Record<ItemCommitment['state'], StateWord> = {
  asked: { status: 'waiting', word: 'No answer yet' },
  committed: { status: 'proved', word: 'Committed' },
  refused: { status: 'refused', word: 'Not committed' },
  'not-asked': { status: 'attention', word: 'Not asked' },
}

export const itemCommitmentWord = ({ state }: ItemCommitment): StateWord => itemWords[state]
