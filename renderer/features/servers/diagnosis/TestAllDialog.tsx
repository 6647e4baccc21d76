import { Copy, Download, Square } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError } from '#shared/contract/errors.ts'
import { client } from '../../../api/client.ts'
import { queryClient } from '../../../api/queryClient.ts'
import { formatCount } from '../../../app/formatAmount.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import { copyText } from '../copyText.ts'
import css from './TestAllDialog.module.css'

interface Tested {
  serverId: number
  name: string
  verdict: 'pass' | 'warn' | 'fail'
  sentence: string
}

interface Progress {
  total: number
  rows: readonly Tested[]
  state: 'running' | 'finished' | 'stopped'
  problem: string
}

const order = { fail: 0, warn: 1, pass: 2 }

/** Every server as far as the query, or an image that it sends us; what is wrong stands first. */
export function TestAllDialog({ onChoose, onClose }: { onChoose(serverId: number): void; onClose(): void }) {
  const [progress, setProgress] = useState<Progress>({ total: 0, rows: [], state: 'running', problem: '' })
  const abort = useRef(new AbortController())
  const [rehearseRetrieve, setRehearse] = useState(false)
  const run = useCallback(async (signal: AbortSignal, withImage: boolean) => {
    try {
      for await (const { total, rows } of client.diagnosis.runAll({ rehearseRetrieve: withImage }, { signal }))
        setProgress((known) => ({ ...known, total, rows: [...known.rows, ...rows] }))
      setProgress((known) => ({ ...known, state: signal.aborted ? 'stopped' : 'finished' }))
    } catch (error) {
      const problem = signal.aborted ? '' : error instanceof ApiError ? error.message : 'The test broke off. Try again.'
      setProgress((known) => ({ ...known, state: 'stopped', problem }))
    }
    void queryClient.invalidateQueries({ queryKey: ['diagnosis', 'history'] })
  }, [])
  useEffect(() => {
    const own = new AbortController()
    abort.current = own
    setProgress({ total: 0, rows: [], state: 'running', problem: '' })
    void run(own.signal, rehearseRetrieve)
    return () => own.abort()
  }, [run, rehearseRetrieve])
  const { total, rows, state, problem } = progress
  const shown = rows.toSorted((a, b) => order[a.verdict] - order[b.verdict] || a.name.localeCompare(b.name))
  const report = shown.map(({ verdict, name, sentence }) => `${verdict.toUpperCase()}  ${name}: ${sentence}`).join('\n')
  return (
    <Dialog
      title="Test of all servers"
      subtitle={state === 'running' ? `${rows.length} of ${total}` : formatCount(rows.length, 'server')}
      width={640}
      onClose={onClose}
      footer={
        <>
          {state === 'running' ? (
            <Button icon={Square} onClick={() => abort.current.abort()}>
              Stop
            </Button>
          ) : (
            <Button icon={Copy} disabled={rows.length === 0} onClick={() => void copyText(report, 'Report copied')}>
              Copy report
            </Button>
          )}
          {state !== 'running' && !rehearseRetrieve && (
            <Button icon={Download} onClick={() => setRehearse(true)}>
              Test again, with one image from each
            </Button>
          )}
          <span className={css.grow} />
          <Button variant="primary" autoFocus onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <p className={css.state} role="status">
        {state === 'running' &&
          (rehearseRetrieve
            ? 'Each sends us one image, which is deleted again.'
            : 'Each is tested as far as its query; nothing is sent or fetched.')}
        {state === 'stopped' && (problem || 'Stopped by you. What was tested stands below.')}
        {state === 'finished' && summary(rows)}
      </p>
      <ul className={css.rows} aria-label="Tested servers">
        {shown.map(({ serverId, name, verdict, sentence }) => (
          <li key={serverId}>
            <button type="button" className={css.row} onClick={() => onChoose(serverId)}>
              <StatusWord status={verdict} />
              <span className={css.name}>{name}</span>
              <span className={css.sentence}>{sentence}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function summary(rows: readonly Tested[]): string {
  const wrong = rows.filter(({ verdict }) => verdict !== 'pass').length
  if (rows.length === 0) return 'There is no server in the list.'
  return wrong === 0
    ? 'All is well.'
    : `${formatCount(wrong, 'server')} of ${rows.length} ${wrong === 1 ? 'needs' : 'need'} somebody.`
}
