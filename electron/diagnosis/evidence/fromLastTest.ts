import type { DiagnosisRun, DiagnosisStage, Finding } from '#shared/contract/diagnosis.ts'

/** The steps of the last test that have to do with it. */
export function fromLastTest(
  run: DiagnosisRun | undefined,
  stages: readonly DiagnosisStage[],
  serverName: string,
): Finding[] {
  if (!run)
    return [
      {
        title: 'Connection test',
        result: 'not-run',
        detail: serverName === '' ? 'No server is chosen.' : `${serverName} was never tested.`,
        how:
          serverName === '' ? 'Choose the server that it is about.' : 'Press Test this server; then look here again.',
        page: 'servers',
      },
    ]
  return run.steps
    .filter(({ stage }) => stages.includes(stage))
    .map(({ title, result, detail, advice }) => ({
      title,
      result: result === 'waiting' || result === 'running' ? 'not-run' : result,
      detail: advice ? `${advice.what} (${detail})` : detail,
      how: advice?.how ?? '',
      page: null,
    }))
}
