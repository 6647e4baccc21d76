import { ListChecks } from 'lucide-react'
import type { ProofSummary, TransferRow } from '#shared/contract/transfers.ts'
import { Button } from '../../ui/Button.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import css from './CommitmentLine.module.css'
import { proofText, proofWord } from './proofText.ts'
import { countAgain } from './transferActions.ts'

/** Whether the destination has what it said to have stored: the last word of a send. */
export function ProofLine({ row, proof }: { row: TransferRow; proof: ProofSummary }) {
  const { status, word } = proofWord(proof, row.failed)
  return (
    <div className={css.line} role="status" aria-label="Proof">
      <StatusWord status={status}>{word}</StatusWord>
      <span className={css.text}>{proofText(row, proof)}</span>
      <span className={css.grow} />
      {row.endedAt !== null && proof.state !== 'proved' && proof.attempts > 0 && (
        <Button variant="plain" icon={ListChecks} onClick={() => void countAgain(row.transferId)}>
          Count again
        </Button>
      )}
    </div>
  )
}
