import type { PracticeDevice } from '#electron/practice/practiceDevice.ts'
import { DEVICE_AE_TITLE, PACS_NAME } from '#electron/practice/practiceNames.ts'
import { practiceRequest } from '#electron/practice/practiceRequest.ts'
import { ApiError } from '#shared/contract/errors.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import type { WorkstationParts } from '../workstationParts.ts'

export function practiceHandlers({
  practice,
  archive,
}: Pick<WorkstationParts, 'practice' | 'archive'>): Handlers<WorkstationContract>['practice'] {
  const device = (): PracticeDevice => {
    if (practice.device) return practice.device
    throw new ApiError('invalid-input', 'There is a simulated device in practice only. Begin it from the front desk.')
  }
  let turn = 0
  return {
    state: () => ({
      isPractice: practice.device !== undefined,
      isKept: practice.isKept(),
      deviceAETitle: DEVICE_AE_TITLE,
      pacsName: PACS_NAME,
    }),
    makeRequest({ kind }) {
      device()
      const content = practiceRequest(kind, turn++, new Date())
      return archive.writer.createOrder({ content, source: { kind: 'front-desk', name: '', serverId: null } })
    },
    askWorklist: () => device().askWorklist(),
    examine: ({ key }, { signal }) => device().examine(key, signal),
    async remove() {
      try {
        await practice.remove()
      } catch (error) {
        const code = (error as { code?: string }).code ?? 'unknown error'
        const sentence = `Not all of the practice data could be removed (${code}). Close programs that show its files, and try again.`
        throw new ApiError('busy', sentence)
      }
      return {}
    },
  }
}
