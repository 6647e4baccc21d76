import type { DiagnosisRun, DiagnosisStep } from '#shared/contract/diagnosis.ts'
import type { EchoOutcome } from '#shared/contract/servers.ts'
import type { Found } from './stage.ts'

/** Silence to a ping is said, and is no fault: many servers are told to give no answer. */
const counts = ({ stage }: DiagnosisStep) => stage !== 'ping'

export function verdictOf(steps: readonly DiagnosisStep[]): DiagnosisRun['verdict'] {
  if (steps.some(({ result }) => result === 'fail')) return 'fail'
  return steps.some((step) => step.result === 'warn' && counts(step)) ? 'warn' : 'pass'
}

/** What it comes to: does it answer, and what is the first thing that does not work? */
export function sentenceOf(serverName: string, found: Found, steps: readonly DiagnosisStep[]): string {
  const wrong =
    steps.find(({ result }) => result === 'fail') ?? steps.find((step) => step.result === 'warn' && counts(step))
  const answers =
    found.echoMs === undefined
      ? found.association?.negotiated && `${serverName} lets us in.`
      : `${serverName} answers, in ${Math.max(1, Math.round(found.echoMs))} ms.`
  const what = wrong?.advice?.what ?? (wrong && `${wrong.title}: ${wrong.detail}.`)
  return [answers, what].filter(Boolean).join(' ') || `${serverName} cannot be judged.`
}

/** The run as the list of servers keeps it. */
export function outcomeOf(run: DiagnosisRun, found: Found): EchoOutcome {
  const failed = run.steps.find(({ result }) => result === 'fail')
  const security = found.security && `${found.security.protocol}, ${found.security.cipher}`
  return {
    at: run.startedAt,
    ok: found.echoMs !== undefined,
    elapsedMs: found.echoMs ?? run.elapsedMs,
    sentence: run.sentence,
    technical: failed?.detail ?? ['C-ECHO 0000', found.implementation, security].filter(Boolean).join(', '),
    ourAddress: run.us.address,
    security: run.security,
    verdict: run.verdict,
  }
}
