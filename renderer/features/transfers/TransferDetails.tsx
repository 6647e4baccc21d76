import { ArrowLeft, ArrowRight, Copy, FolderOpen, LogIn, RotateCw, Square, X } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import type { TransferRow } from '#shared/contract/transfers.ts'
import { useServers } from '../../api/workstation.ts'
import { formatBytes, formatCount } from '../../app/formatAmount.ts'
import { useNavigation } from '../../app/navigation.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/classNames.ts'
import { ProofStrip } from '../../ui/ProofStrip.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { CommitmentLine } from './CommitmentLine.tsx'
import { strangerOf } from './letIn.ts'
import css from './TransferDetails.module.css'
import { TransferItems } from './TransferItems.tsx'
import { cancelTransfer, clearTransfers, copyReport, retryTransfer } from './transferActions.ts'
import { legendOf, proofCounts, stateWord } from './transferState.ts'
import { useTransferItems } from './useTransferItems.ts'

export function TransferDetails({ row, note }: { row: TransferRow; note: string | undefined }) {
  const items = useTransferItems(row)
  const { status, word } = stateWord(row)
  const Arrow = row.kind === 'send' ? ArrowRight : ArrowLeft
  return (
    <section className={css.pane} aria-label="Details of the transfer" data-region>
      <div className={css.head}>
        <h2 className={`${css.subject} ellipsis`} title={row.title}>
          {row.title || kindTitle[row.kind]}
        </h2>
        {note && <span className="secondary ellipsis">{note}</span>}
        <Arrow size={14} strokeWidth={1.75} aria-hidden="true" />
        <span className={classNames('ellipsis', row.kind === 'receive' && 'mono')}>{row.peer}</span>
        <span className={css.grow} />
        <Actions row={row} onCopy={() => void copyReport(row, items.data ?? [])} />
      </div>
      <div className={css.message} role="status">
        <StatusWord status={status}>{word}</StatusWord>
        {row.message && <span>{row.message}</span>}
      </div>
      {row.commitment && <CommitmentLine row={row} commitment={row.commitment} />}
      {row.state !== 'refused' && (
        <>
          {row.state !== 'done' && <FullStrip row={row} />}
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

function Actions({ row, onCopy }: { row: TransferRow; onCopy(): void }) {
  const { transferId, studyIds, failed } = row
  const { openStudies, go } = useNavigation()
  const stranger = strangerOf(row, useServers() ?? [])
  const hasEnded = row.endedAt !== null
  return (
    <>
      <Button variant="plain" icon={Copy} onClick={onCopy}>
        Copy report
      </Button>
      {studyIds.length > 0 && (
        <Button icon={FolderOpen} keyHint="Enter" onClick={() => openStudies(studyIds)}>
          Open {studyIds.length === 1 ? 'study' : formatCount(studyIds.length, 'study', 'studies')}
        </Button>
      )}
      {hasEnded && (
        <Button icon={X} onClick={() => void clearTransfers([transferId])}>
          Clear
        </Button>
      )}
      {!hasEnded && (
        <Button icon={Square} onClick={() => void cancelTransfer(transferId)}>
          Cancel
        </Button>
      )}
      {stranger && (
        <Button variant="primary" icon={LogIn} onClick={() => go('devices')}>
          Let it in
        </Button>
      )}
      {row.canRetry && (
        <Button variant="primary" icon={RotateCw} keyHint="R" onClick={() => void retryTransfer(transferId)}>
          {failed > 0 ? `Retry ${failed}` : 'Retry'}
        </Button>
      )}
    </>
  )
}

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
