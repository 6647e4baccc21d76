import { ShieldQuestion } from 'lucide-react'
import type { CommitmentSummary, TransferRow } from '#shared/contract/transfers.ts'
import { Button } from '../../ui/Button.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import css from './CommitmentLine.module.css'
import { commitmentText, commitmentWord } from './commitmentText.ts'
import { askCommitment } from './transferActions.ts'

/** Whether the server answers for what it was sent (PS3.4 J). */
export function CommitmentLine({ row, commitment }: { row: TransferRow; commitment: CommitmentSummary }) {
  const { status, word } = commitmentWord(commitment)
  const isOpen = commitment.asked + commitment.refused + commitment.notAsked > 0
  return (
    <div className={css.line} role="status">
      <StatusWord status={status}>{word}</StatusWord>
      <span className={css.text}>{commitmentText(commitment, row.peer)}</span>
      <span className={css.grow} />
      {isOpen && row.endedAt !== null && (
        <Button variant="plain" icon={ShieldQuestion} onClick={() => void askCommitment(row.transferId)}>
          Ask again
        </Button>
      )}
    </div>
  )
}
