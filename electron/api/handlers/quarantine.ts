import { ApiError } from '#shared/contract/errors.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import type { WorkstationParts } from '../workstationParts.ts'

const LISTED_MAX = 1000

export function quarantineHandlers({
  archive,
}: Pick<WorkstationParts, 'archive'>): Handlers<WorkstationContract>['quarantine'] {
  return {
    list: () => archive.reader.listQuarantined(LISTED_MAX),
    async accept({ quarantineId }) {
      const isAccepted = await archive.writer.acceptQuarantined(quarantineId)
      if (!isAccepted) throw new ApiError('not-found', 'This object is no longer in quarantine.')
      return {}
    },
    async delete({ quarantineIds }) {
      await archive.writer.deleteQuarantined(quarantineIds)
      return {}
    },
  }
}
