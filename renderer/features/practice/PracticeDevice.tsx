import { Play, RefreshCw, Square } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { PracticeItem, PracticeKind } from '#shared/contract/practice.ts'
import { formatTime } from '#shared/dicom/dateTime.ts'
import { formatPersonName } from '#shared/dicom/personName.ts'
import { client } from '../../api/client.ts'
import { showFailure } from '../../app/showFailure.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/classNames.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import table from '../../ui/PlainTable.module.css'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { useExamination } from './examination.ts'
import css from './Practice.module.css'

const kinds: readonly { kind: PracticeKind; label: string }[] = [
  { kind: 'ct', label: 'CT' },
  { kind: 'xray', label: 'X-ray' },
  { kind: 'ultrasound', label: 'Ultrasound' },
]

/** The console of the simulated device: its worklist, one examination at a time, and what it said over the wire. */
export function PracticeDevice({ onClose }: { onClose: () => void }) {
  const [items, setItems] = useState<readonly PracticeItem[]>()
  const [asking, setAsking] = useState(false)
  const { key: current, progress, said, isRunning, examine, stop } = useExamination()
  const ask = useCallback(async () => {
    setAsking(true)
    try {
      setItems(await client.practice.askWorklist({}))
    } catch (error) {
      showFailure(error)
    }
    setAsking(false)
  }, [])
  useEffect(() => {
    if (!isRunning) void ask()
  }, [ask, isRunning])
  const request = async (kind: PracticeKind) => {
    try {
      await client.practice.makeRequest({ kind })
      await ask()
    } catch (error) {
      showFailure(error)
    }
  }
  return (
    <Dialog title="Practice device" subtitle="PRACTICE_DEVICE: CT, X-ray, ultrasound" width={760} onClose={onClose}>
      <p className={css.lead}>
        It does what a scanner does: asks for its worklist, says that it begins (MPPS), stores its images, says that it
        is done. Make a request on the Front desk with <kbd>N</kbd>, or here:
      </p>
      <div className={css.actions}>
        {kinds.map(({ kind, label }) => (
          <Button key={kind} size="small" onClick={() => void request(kind)}>
            Request {label}
          </Button>
        ))}
        <span className={css.space} />
        <Button size="small" variant="plain" icon={RefreshCw} disabled={asking || isRunning} onClick={() => void ask()}>
          Ask for the worklist
        </Button>
      </div>
      <Worklist items={items} busy={isRunning} current={current} onExamine={examine} />
      {progress && (
        <div className={css.progress} role="status">
          <span>{progress.sentence}</span>
          {isRunning && (
            <>
              <ProgressBar label="Images" value={progress.done} max={progress.total} width={160} />
              <span className={css.count}>
                {progress.done} of {progress.total}
              </span>
              <Button size="small" icon={Square} onClick={stop}>
                Stop
              </Button>
            </>
          )}
        </div>
      )}
      {said.length > 0 && (
        <ol className={css.said} aria-label="What it said">
          {said.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      )}
    </Dialog>
  )
}

interface WorklistProps {
  items: readonly PracticeItem[] | undefined
  busy: boolean
  current: string
  onExamine: (item: PracticeItem) => void
}

function Worklist({ items, busy, current, onExamine }: WorklistProps) {
  if (!items) return <p className={css.lead}>The device asks for its worklist.</p>
  if (items.length === 0)
    return (
      <p className={css.lead}>Its worklist is empty: no open request of today is meant for it, or for any device.</p>
    )
  return (
    <table className={classNames(table.table, css.asked)} aria-label="Worklist of the device">
      <thead>
        <tr>
          {['Patient', 'Examination', 'Accession number', 'Time', ''].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.key}>
            <td>{formatPersonName(item.patientName)}</td>
            <td>{item.procedure}</td>
            <td className="mono">{item.accessionNumber}</td>
            <td>{item.time === '' ? 'any time' : formatTime(item.time)}</td>
            <td>
              {busy && item.key === current ? (
                <StatusWord status="sending">At work</StatusWord>
              ) : item.canMake ? (
                <Button size="small" icon={Play} disabled={busy} onClick={() => onExamine(item)}>
                  Examine
                </Button>
              ) : (
                `Makes no ${item.modality}`
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
