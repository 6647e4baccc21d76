import type { Archive } from '#electron/archive/openArchive.ts'
import { throttled } from './throttled.ts'

interface StudyChanges {
  studyIds: number[]
  total: number
}

/** Which studies changed since the last item, and how many there are now. */
export async function* watchStudies(
  archive: Pick<Archive, 'onChange' | 'reader'>,
  signal: AbortSignal,
): AsyncGenerator<StudyChanges> {
  const changed = new Set<number>()
  yield* throttled<StudyChanges>({
    signal,
    subscribe: (notify) =>
      archive.onChange((studyIds) => {
        for (const studyId of studyIds) changed.add(studyId)
        notify()
      }),
    take: async () => {
      const studyIds = [...changed]
      changed.clear()
      const { studies } = await archive.reader.totals()
      return { studyIds, total: studies }
    },
  })
}
