import type { StudyState } from '#shared/contract/studies.ts'
import { formatCount, formatNumber } from '../../../app/formatAmount.ts'
import type { StudyStatus } from './studyStatus.ts'

/** What a study's own images say of it, for the list; undefined where nothing is to be said. */
export function stateStatus(study: Omit<StudyState, 'studyId' | 'gaps' | 'saidBy' | 'made'>): StudyStatus | undefined {
  const { state, received, expected, late } = study
  if (state === 'partial') {
    const text = expected === null ? 'A number is missing' : partText(received, expected)
    return { status: 'attention', text }
  }
  if (late > 0) return { status: 'arriving', text: `${formatCount(late, 'image')} came late` }
  return state === 'complete' ? { status: 'received', text: 'Complete' } : undefined
}

function partText(received: number, expected: number): string {
  return `${formatNumber(received)} of ${formatNumber(expected)} here`
}

/** `172 of 600 images that Main PACS has.` For whoever looks at the one study. */
export function stateSentence({
  state,
  received,
  made,
  expected,
  saidBy,
  gaps,
}: Omit<StudyState, 'studyId' | 'late'>): string {
  if (expected === null)
    return state === 'partial'
      ? gaps.join(' ')
      : `${formatCount(received, 'image')}; nobody said how many there should be.`
  const who = saidBy || 'its source'
  if (received < expected) return `${formatNumber(received)} of ${formatCount(expected, 'image')} that ${who} has.`
  if (state === 'unknown')
    return `${formatNumber(received)} here with ${formatCount(made, 'document')} of our own, ${formatNumber(expected)} there: whether all that ${who} has is here cannot be told.`
  return expected === 1 ? `The one image that ${who} has.` : `All ${formatCount(expected, 'image')} that ${who} has.`
}
