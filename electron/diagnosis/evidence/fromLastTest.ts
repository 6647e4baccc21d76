import type { DiagnosisRun, DiagnosisStage, Finding } from '#shared/contract/diagnosis.ts'

/** The steps of the last test that have to do with it. */
export function fromLastTest(run: DiagnosisRun | undefined, stages: readonly DiagnosisStage[]): Finding[] {
  if (!run)
    return [
      {
        title: 'Connection test',
        result: 'not-run',
        detail: 'No server is chosen, or it was never tested.',
        how: 'Choose the server and press Test connection; then look here again.',
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
