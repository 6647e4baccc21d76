import type { ProofSummary, TransferRow } from '#shared/contract/transfers.ts'
import type { StateWord } from './transferState.ts'

/** *Proved* is said of nothing that was not found there. */
export function proofWord(
  { state, counted, differs = '' }: Pick<ProofSummary, 'state' | 'counted'> & { differs?: string },
  failed = 0,
): StateWord {
  switch (state) {
    case 'proved':
      if (differs !== '') return { status: 'attention', word: 'Other patient' }
      return { status: 'proved', word: failed > 0 ? `${counted.toLocaleString('en')} proved` : 'Proved' }
    case 'counting':
      return { status: 'waiting', word: 'Not proved yet' }
    case 'missing':
      return { status: 'attention', word: 'Not proved' }
    case 'unknown':
      return { status: 'none', word: 'Not proved' }
  }
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** `Sent 124, Northview has 124 (C-FIND, 14:53).` */
export function proofText(
  { peer, done, failed }: Pick<TransferRow, 'peer' | 'done' | 'failed'>,
  proof: ProofSummary,
): string {
  const at = proof.checkedAt === null ? '' : `, ${clock.format(proof.checkedAt)}`
  const sent = (proof.state === 'missing' ? done + failed : done).toLocaleString('en')
  const counted = proof.counted.toLocaleString('en')
  if (proof.state === 'unknown') return proof.note
  if (proof.by === 'commitment') return `Sent ${sent}, ${peer} answers for ${counted} (storage commitment${at}).`
  const next = proof.nextCheckAt === null ? '' : ` Counted again at ${clock.format(proof.nextCheckAt)}.`
  if (proof.note !== '') return `${peer} could not be asked what it has: ${proof.note}${next}`
  const soFar = proof.state === 'counting' ? ' so far' : ''
  return [`Sent ${sent}, ${peer} has ${counted}${soFar} (C-FIND${at}).${next}`, proof.differs].filter(Boolean).join(' ')
}
