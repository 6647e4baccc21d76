import { useEffect, useRef } from 'react'
import type { DiagnosisRun, DiagnosisStep } from '#shared/contract/diagnosis.ts'
import { elapsedText } from '#shared/diagnosis/report.ts'
import { classNames } from '../../../ui/classNames.ts'
import { type StatusName, StatusWord } from '../../../ui/StatusWord.tsx'
import { StepAdvice } from './StepAdvice.tsx'
import css from './StepList.module.css'

const status: Record<DiagnosisStep['result'], { name: StatusName; word: string }> = {
  waiting: { name: 'none', word: '' },
  running: { name: 'sending', word: 'now' },
  pass: { name: 'pass', word: 'PASS' },
  warn: { name: 'warn', word: 'WARN' },
  fail: { name: 'fail', word: 'FAIL' },
  'not-run': { name: 'none', word: '' },
}

/** From this computer to the images. What is wrong stands open. */
export function StepList({ run }: { run: DiagnosisRun }) {
  const list = useRef<HTMLOListElement>(null)
  const { state, startedAt } = run
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another run ends, and not when it is drawn again
  useEffect(() => {
    if (state === 'finished') list.current?.querySelector('[data-result="fail"]')?.scrollIntoView({ block: 'nearest' })
  }, [state, startedAt])
  return (
    <ol ref={list} className={css.steps} aria-label="Steps of the test">
      {run.steps.map((step) => (
        <li key={step.stage} data-stage={step.stage} data-result={step.result} className={css.step}>
          {step.advice ? (
            // A new key for a new run: what was closed by hand opens again when it fails again.
            <details key={`${run.startedAt} ${step.result}`} open={step.result === 'fail'} className={css.details}>
              <summary className={css.row}>
                <StepLine step={step} />
              </summary>
              <StepAdvice advice={step.advice} serverName={run.called.name} />
            </details>
          ) : (
            <div className={css.row}>
              <StepLine step={step} />
            </div>
          )}
        </li>
      ))}
    </ol>
  )
}

function StepLine({ step }: { step: DiagnosisStep }) {
  const { result, title, detail, elapsedMs } = step
  const { name, word } = status[result]
  const faint = result === 'not-run' || result === 'waiting'
  return (
    <>
      <span className={css.mark}>
        <StatusWord status={name}>
          <span className={css.word}>{word}</span>
          {faint && <span className="visuallyHidden">{result === 'waiting' ? 'waiting' : 'not run'}</span>}
        </StatusWord>
      </span>
      <span className={classNames(css.text, faint && css.faint)} data-selectable>
        <span className={css.title}>{title}</span> <span className={css.detail}>{detail}</span>
      </span>
      <span className={css.time}>{elapsedMs === null ? '' : elapsedText(elapsedMs)}</span>
    </>
  )
}
