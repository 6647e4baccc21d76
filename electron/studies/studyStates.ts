import type { KeptState } from '#electron/archive/studyStateApi.ts'
import type { StudyState } from '#shared/contract/studies.ts'

/** What somebody counted is worth more than what the numbers of the images suggest. */
export function studyStates(kept: readonly KeptState[]): StudyState[] {
  return kept.map((study) => {
    const { received, expected } = study
    if (expected !== null) return { ...study, gaps: [], state: received < expected ? 'partial' : 'complete' }
    return { ...study, state: study.gaps.length > 0 ? 'partial' : 'unknown' }
  })
}
