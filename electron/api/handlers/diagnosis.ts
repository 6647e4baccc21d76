import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import type { WorkstationParts } from '../workstationParts.ts'

export function diagnosisHandlers({
  diagnosis,
}: Pick<WorkstationParts, 'diagnosis'>): Handlers<WorkstationContract>['diagnosis'] {
  return {
    run: (input, { signal }) => diagnosis.run(input, signal),
    runAll: (options, { signal }) => diagnosis.runAll(options, signal),
    history: ({ serverId }) => diagnosis.history.of(serverId),
    clearHistory({ serverId }) {
      diagnosis.history.clear(serverId)
      return {}
    },
    evidence: (about) => diagnosis.evidence(about),
    supportBundle: async () => ({ text: await diagnosis.supportBundle() }),
  }
}
