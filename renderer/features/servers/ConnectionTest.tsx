import { Copy, UserRoundCog } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { EchoOutcome, ServerRow } from '#shared/contract/servers.ts'
import { useCertificates, useSettings, useStatus } from '../../api/workstation.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { showToast } from '../../ui/toast.ts'
import { administratorMessage } from './administratorMessage.ts'
import css from './ConnectionTest.module.css'
import { echoCommand, echoFiles } from './echoCommand.ts'
import { type Tested, testedValues, useEditor } from './editorState.ts'
import { draftOf } from './fields.ts'
import { OutcomeSecurity } from './OutcomeSecurity.tsx'
import { testedAtFull } from './testedAt.ts'

/** What the last test found, and what the other side has to know of us (R024, R025). */
export function ConnectionTest({ row }: { row: ServerRow }) {
  const run = useEditor((state) => state.tests[row.serverId])
  const draft = useEditor((state) => state.draft)
  const outcome = run?.running ? undefined : (run?.outcome ?? row.lastTest ?? undefined)
  const values = draft ?? draftOf(row)
  const tested = testedValues(run?.outcome ? run.fields : undefined, draft, row)
  const us = useUs(outcome)
  const hasOwnCertificate = useCertificates()?.own != null
  const port = values.listenPort ?? row.listenPort
  return (
    <>
      <div className={css.head}>
        <h2 className={css.title}>Connection test</h2>
        {outcome && tested !== 'other values' && (
          <span className={css.when}>
            {testedAtFull(outcome.at)}, took {formatElapsed(outcome.elapsedMs)}
          </span>
        )}
      </div>
      <div className={css.body}>
        {run?.running ? (
          <Running startedAt={run.startedAt} onStop={() => run.running?.abort()} />
        ) : outcome ? (
          <Outcome row={row} outcome={outcome} tested={tested} />
        ) : (
          <p className="secondary">Not tested yet. Alt T asks the server for an echo with the values as they stand.</p>
        )}
        <Card className={css.card}>
          <h3>What {values.name.trim() || 'the server'} must know of us</h3>
          <p className={css.help}>
            Most servers answer only those whom they know. Its administrator enters these three values, exactly.
          </p>
          <dl className={css.values}>
            <dt>AE title</dt>
            <dd className="mono">{us.aeTitle}</dd>
            <dt>Address</dt>
            <dd className="mono">{us.address}</dd>
            <dt>Port</dt>
            <dd className="mono">{port}</dd>
          </dl>
          <p className={css.help}>
            Retrieved images come over a second connection, to this port: firewalls and routers on the way must let it
            in.
          </p>
          <div>
            <Button
              size="small"
              icon={UserRoundCog}
              onClick={() =>
                copy(
                  administratorMessage({
                    values,
                    us: { ...us, port },
                    outcome: tested === 'other values' ? undefined : outcome,
                  }),
                  'Message copied',
                )
              }
            >
              Copy message for its administrator
            </Button>
          </div>
        </Card>
        <div>
          <div className={css.label}>The same test on a command line (DCMTK)</div>
          <Code text={echoCommand(us.aeTitle, values, hasOwnCertificate)} />
          <p className={css.help}>{echoFiles(values, hasOwnCertificate)}</p>
        </div>
      </div>
    </>
  )
}

function useUs(outcome: EchoOutcome | undefined): { aeTitle: string; address: string } {
  const settings = useSettings()?.settings
  const addresses = useStatus()?.addresses
  const address = outcome?.ourAddress || addresses?.[0]?.address || '127.0.0.1'
  return { aeTitle: settings?.aeTitle ?? '', address }
}

function Outcome({ row, outcome, tested }: { row: ServerRow; outcome: EchoOutcome; tested: Tested }) {
  if (tested === 'other values')
    return (
      <div className={css.result} role="status" data-testid="echo-outcome">
        <p className="secondary">Not tested with these values. Alt T asks the server for an echo with them.</p>
      </div>
    )
  return (
    <>
      <div className={css.result} role="status" data-testid="echo-outcome">
        <StatusWord status={outcome.ok ? 'pass' : 'fail'} />
        <p className={css.sentence}>{outcome.sentence}</p>
      </div>
      <Code text={outcome.technical} />
      {outcome.security && <OutcomeSecurity row={row} security={outcome.security} />}
      {tested === 'unsaved' && (
        <p className={css.help}>Tested with the values in the editor, which are not saved yet.</p>
      )}
    </>
  )
}

function Running({ startedAt, onStop }: { startedAt: number; onStop(): void }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  useShortcuts('Connection test', [{ keys: 'Escape', label: 'Stop the test', run: onStop }])
  const seconds = Math.max(0, Math.floor((now - startedAt) / 1000))
  return (
    <div className={css.running} role="status">
      <StatusWord status="sending">Asking for an echo</StatusWord>
      <span className="tabular">{seconds > 0 && `${seconds} s`}</span>
      <span className={css.grow} />
      <Button size="small" variant="plain" keyHint="Esc" onClick={onStop}>
        Stop
      </Button>
    </div>
  )
}

function Code({ text }: { text: string }) {
  return (
    <div className={css.code} data-selectable>
      <span>{text}</span>
      <IconButton label="Copy" icon={Copy} size="small" onClick={() => copy(text, 'Copied')} />
    </div>
  )
}

async function copy(text: string, message: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showToast({ icon: Copy, message })
  } catch {
    showToast({ tone: 'warn', message: 'The browser does not let us copy. Select the text and copy it by hand.' })
  }
}

function formatElapsed(elapsedMs: number): string {
  return elapsedMs < 1000 ? `${Math.max(1, Math.round(elapsedMs))} ms` : `${(elapsedMs / 1000).toFixed(1)} s`
}
