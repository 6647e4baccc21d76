import { ArrowLeft, ArrowRight } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import type { TransferRow } from '#shared/contract/transfers.ts'
import { formatBytes } from '../../app/formatAmount.ts'
import { classNames } from '../../ui/classNames.ts'
import { ProofStrip } from '../../ui/ProofStrip.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { CommitmentLine } from './CommitmentLine.tsx'
import { ProofLine } from './ProofLine.tsx'
import { TransferButtons } from './TransferButtons.tsx'
import css from './TransferDetails.module.css'
import { TransferItems } from './TransferItems.tsx'
import { copyReport } from './transferActions.ts'
import { legendOf, proofCounts, stateWord, waitingText } from './transferState.ts'
import { useTransferItems } from './useTransferItems.ts'

interface TransferDetailsProps {
  row: TransferRow
  /** Among which it waits for its turn. */
  all: readonly TransferRow[]
  note: string | undefined
  now: number
}

export function TransferDetails({ row, all, note, now }: TransferDetailsProps) {
  const items = useTransferItems(row)
  const { status, word } = stateWord(row, now)
  const isSaidByProof = row.proof?.state === 'proved' && row.state === 'done' && !row.message && !row.ruleName
  const message = row.message || waitingText(row, all)
  const Arrow = row.kind === 'send' ? ArrowRight : ArrowLeft
  return (
    <section className={css.pane} aria-label="Details of the transfer" data-region>
      <div className={css.head}>
        <h2 className={`${css.subject} ellipsis`} title={row.title}>
          {row.title || kindTitle[row.kind]}
        </h2>
        {note && (
          <span className={`${css.note} secondary ellipsis`} title={note}>
            {note}
          </span>
        )}
        <Arrow size={14} strokeWidth={1.75} aria-hidden="true" />
        <span className={classNames(css.peer, 'ellipsis', row.kind === 'receive' && 'mono')} title={row.peer}>
          {row.peer}
        </span>
        <span className={css.grow} />
        <TransferButtons row={row} onCopy={() => void copyReport(row, items.data ?? [])} />
      </div>
      {!isSaidByProof && (
        <div className={css.message} role="status">
          <StatusWord status={status}>{word}</StatusWord>
          {message && <span>{message}</span>}
          {row.ruleName && (
            <span className="secondary">{`${row.kind === 'send' ? 'Sent' : 'Asked for'} by the rule ${row.ruleName}.`}</span>
          )}
        </div>
      )}
      {row.proof && <ProofLine row={row} proof={row.proof} />}
      {row.commitment && <CommitmentLine row={row} commitment={row.commitment} />}
      {row.state !== 'refused' && (
        <>
          {(row.state !== 'done' || row.proof) && <FullStrip row={row} />}
          <div className={css.legend}>
            {legendOf(row, items.data ?? []).map(({ word, count }) => (
              <span key={word}>
                {word} {count.toLocaleString('en')}
              </span>
            ))}
            <span className={css.grow} />
            <span>{row.bytes > 0 && formatBytes(row.bytes)}</span>
          </div>
          <TransferItems row={row} items={items.data} error={items.error?.message} />
        </>
      )}
    </section>
  )
}

const kindTitle = { receive: 'Received images', send: 'Sent images', retrieve: 'Retrieved images', import: 'Files' }

/** As wide as the pane. */
function FullStrip({ row }: { row: TransferRow }) {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(800)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth - 30))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={box} className={css.proof}>
      <ProofStrip counts={proofCounts(row)} width={width} />
    </div>
  )
}
