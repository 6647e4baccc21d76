import type { Advice, DiagnosisRun, DiagnosisStep } from '#shared/contract/diagnosis.ts'

const WORDS: Record<DiagnosisStep['result'], string> = {
  waiting: '    ',
  running: '... ',
  pass: 'PASS',
  warn: 'WARN',
  fail: 'FAIL',
  'not-run': '-   ',
}

/** Who puts it right, as a person says it. */
export function whoText(who: Advice['who'], serverName: string): string {
  return { you: 'You', administrator: `The administrator of ${serverName}`, network: 'The network administrator' }[who]
}

/** A run as plain text: for a mail, a ticket, the support bundle. */
export function reportOf(run: DiagnosisRun): string {
  const { called, us } = run
  const lines = [
    `Connection test of ${called.name}, ${new Date(run.startedAt).toISOString()}, ${seconds(run.elapsedMs)}`,
    `We        ${us.aeTitle}, ${us.address}, port ${us.port}`,
    `We call   ${called.aeTitle}, ${called.host}, port ${called.port}${called.tls ? ', TLS' : ''}`,
    `Result    ${run.state === 'cancelled' ? 'stopped' : run.verdict.toUpperCase()}. ${run.sentence}`,
    '',
    ...run.steps.flatMap((step) => [
      `${WORDS[step.result]}  ${step.title.padEnd(18)} ${step.detail}${step.elapsedMs === null ? '' : ` (${elapsedText(step.elapsedMs)})`}`,
      ...(step.result === 'fail' && step.advice ? adviceLines(step.advice, called.name) : []),
    ]),
  ]
  return `${lines.join('\n')}\n`
}

function adviceLines(advice: Advice, serverName: string): string[] {
  return [
    `      ${advice.what}`,
    `      ${whoText(advice.who, serverName)}: ${advice.how}`,
    ...advice.values.map(({ label, value }) => `        ${label}: ${value}`),
    ...advice.commands.map(({ purpose, linux, windows }) =>
      linux === windows ? `        ${purpose}: ${linux}` : `        ${purpose}: ${windows} (Windows), ${linux} (Linux)`,
    ),
  ]
}

/** `3 ms`, `1.2 s`. */
export function elapsedText(elapsedMs: number): string {
  return elapsedMs < 1000 ? `${Math.max(1, Math.round(elapsedMs))} ms` : seconds(elapsedMs)
}

const seconds = (elapsedMs: number) => `${(elapsedMs / 1000).toFixed(1)} s`
