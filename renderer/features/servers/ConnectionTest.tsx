import { UserRoundCog } from 'lucide-react'
import { useState } from 'react'
import type { DiagnosisRun } from '#shared/contract/diagnosis.ts'
import { isWebAlone } from '#shared/contract/rest.ts'
import type { EchoOutcome, ServerRow } from '#shared/contract/servers.ts'
import { elapsedText } from '#shared/diagnosis/report.ts'
import { useQueryOperation } from '../../api/useQueryOperation.ts'
import { useCertificates, useSettings, useStatus } from '../../api/workstation.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { administratorMessage } from './administratorMessage.ts'
import css from './ConnectionTest.module.css'
import { CopyLine } from './CopyLine.tsx'
import { copyText } from './copyText.ts'
import { RunProgress, RunSummary } from './diagnosis/RunSummary.tsx'
import { StepList } from './diagnosis/StepList.tsx'
import { TestOptions } from './diagnosis/TestOptions.tsx'
import { echoCommand, echoFiles } from './echoCommand.ts'
import { testedValues, useEditor } from './editorState.ts'
import { toFields } from './fieldProblems.ts'
import { draftOf } from './fields.ts'
import { OutcomeSecurity } from './OutcomeSecurity.tsx'
import { forgetTests, stopTest } from './serverActions.ts'
import { testedAtFull } from './testedAt.ts'
import { Values } from './Values.tsx'

/** What the last test found, stage by stage, and what the other side has to know of us (R024, R025). */
export function ConnectionTest({ row }: { row: ServerRow }) {
  const { serverId, lastTest } = row
  const test = useEditor((state) => state.tests[serverId])
  const draft = useEditor((state) => state.draft)
  const earlier = useQueryOperation('diagnosis', 'history', { serverId }).data ?? []
  const [chosenAt, setChosenAt] = useState<number>()
  const values = draft ?? draftOf(row)
  const chosen = earlier.find(({ startedAt }) => startedAt === chosenAt)
  const kept = earlier.find(({ startedAt }) => startedAt === lastTest?.at)
  const run = test?.running ? test.run : (chosen ?? test?.run ?? kept)
  const tested = chosen ? 'saved' : testedValues(test?.run ? test.fields : undefined, draft, row)
  const isOther = tested === 'other values' && !test?.running
  const outcome = isOther || test?.running ? undefined : summaryOf(run, lastTest)
  return (
    <>
      <div className={css.head}>
        <h2 className={css.title}>Connection test</h2>
        {outcome && (
          <span className={css.when}>
            {testedAtFull(outcome.at)}, took {elapsedText(run?.elapsedMs ?? outcome.elapsedMs)}
          </span>
        )}
      </div>
      <div className={css.body}>
        {test?.running && <RunProgress startedAt={test.startedAt} onStop={() => stopTest(serverId)} />}
        {isOther ? (
          <p className="secondary" role="status" data-testid="echo-outcome">
            Not tested with these values. Alt T tests the connection with them.
          </p>
        ) : run ? (
          <>
            {run.state !== 'running' && (
              <RunSummary
                run={run}
                earlier={earlier}
                onShow={setChosenAt}
                onForget={() => {
                  setChosenAt(undefined)
                  void forgetTests(serverId)
                }}
              />
            )}
            <StepList run={run} />
            {run.state !== 'running' && run.security && <OutcomeSecurity row={row} security={run.security} />}
          </>
        ) : lastTest ? (
          <div className={css.result} role="status" data-testid="echo-outcome">
            <StatusWord status={lastTest.ok ? 'pass' : 'fail'} />
            <p className={css.sentence}>{lastTest.sentence}</p>
          </div>
        ) : (
          !test?.running && (
            <p className="secondary">
              Not tested yet. Alt T goes from this computer to the server's images, step by step, with the values as
              they stand.
            </p>
          )
        )}
        {!isOther && tested === 'unsaved' && run && !test?.running && (
          <p className={css.help}>Tested with the values in the editor, which are not saved yet.</p>
        )}
        <TestOptions values={values} />
        {!isWebAlone(toFields(values) ?? row) && <AboutUs row={row} outcome={outcome} />}
      </div>
    </>
  )
}

/** What the message to its administrator tells of the test. */
type Summary = Pick<EchoOutcome, 'at' | 'ok' | 'elapsedMs' | 'sentence' | 'technical' | 'ourAddress'>

function summaryOf(run: DiagnosisRun | undefined, lastTest: EchoOutcome | null): Summary | undefined {
  if (!run) return lastTest ?? undefined
  const failed = run.steps.find(({ result }) => result === 'fail')
  return {
    at: run.startedAt,
    ok: !failed,
    elapsedMs: run.elapsedMs,
    sentence: run.sentence,
    technical: failed?.detail ?? '',
    ourAddress: run.us.address,
  }
}

function AboutUs({ row, outcome }: { row: ServerRow; outcome: Summary | undefined }) {
  const settings = useSettings()?.settings
  const addresses = useStatus()?.addresses
  const draft = useEditor((state) => state.draft)
  const hasOwnCertificate = useCertificates()?.own != null
  const values = draft ?? draftOf(row)
  const us = {
    aeTitle: settings?.aeTitle ?? '',
    address: outcome?.ourAddress || addresses?.[0]?.address || '127.0.0.1',
    port: values.listenPort ?? row.listenPort,
  }
  return (
    <>
      <Card className={css.card}>
        <h3>What {values.name.trim() || 'the server'} must know of us</h3>
        <p className={css.help}>
          Most servers answer only those whom they know. Its administrator enters these three values, exactly.
        </p>
        <Values
          values={[
            { label: 'AE title', value: us.aeTitle },
            { label: 'Address', value: us.address },
            { label: 'Port', value: String(us.port) },
          ]}
        />
        <p className={css.help}>
          Retrieved images come over a second connection, to this port: firewalls and routers on the way must let it in.
        </p>
        <div>
          <Button
            size="small"
            icon={UserRoundCog}
            onClick={() => void copyText(administratorMessage({ values, us, outcome }), 'Message copied')}
          >
            Copy message for its administrator
          </Button>
        </div>
      </Card>
      <div>
        <div className={css.label}>The echo alone on a command line (DCMTK)</div>
        <CopyLine text={echoCommand(us.aeTitle, values, hasOwnCertificate)} label="Copy the echo command" />
        <p className={css.help}>{echoFiles(values, hasOwnCertificate)}</p>
      </div>
    </>
  )
}
