import type { KeptState } from '#electron/archive/studyStateApi.ts'
import type { StudyState } from '#shared/contract/studies.ts'

/** What somebody counted is worth more than what the numbers of the images suggest. */
export function studyStates(kept: readonly KeptState[]): StudyState[] {
  return kept.map((study) => {
    const { received, made, expected } = study
    if (expected !== null) {
      // Between the two the server may have what was made here, or an image may be missing.
      const isWhole = received - made >= expected
      return { ...study, gaps: [], state: received < expected ? 'partial' : isWhole ? 'complete' : 'unknown' }
    }
    return { ...study, state: study.gaps.length > 0 ? 'partial' : 'unknown' }
  })
}
