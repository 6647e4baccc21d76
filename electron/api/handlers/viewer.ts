import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import { throttled } from '../throttled.ts'
import type { WorkstationParts } from '../workstationParts.ts'

type Parts = Pick<WorkstationParts, 'archive' | 'viewerPreferences'>

export function viewerHandlers({ archive, viewerPreferences }: Parts): Handlers<WorkstationContract>['viewer'] {
  const subscribe = (notify: () => void) => viewerPreferences.onChange(notify)
  return {
    watch: (_, { signal }) => throttled({ signal, subscribe, take: () => viewerPreferences.current() }),
    update: (patch) => viewerPreferences.update(patch),
    opening: ({ studyId }) => archive.reader.openingOf(studyId),
    earlier: ({ studyId }) => archive.reader.earlierStudies(studyId),
  }
}
