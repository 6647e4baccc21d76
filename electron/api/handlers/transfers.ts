import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import { watchTransfers } from '../watchTransfers.ts'
import type { WorkstationParts } from '../workstationParts.ts'

type Parts = Pick<WorkstationParts, 'transfers'>

export function transferHandlers({ transfers }: Parts): Handlers<WorkstationContract>['transfers'] {
  return {
    watch: (_, { signal }) => watchTransfers(transfers, signal),
    items: ({ transferId }) => transfers.items(transferId),
    send: async ({ serverIds, selection }) => ({ transferIds: await transfers.send(serverIds, selection) }),
    retrieve: ({ serverId, studies }) => ({ transferIds: transfers.retrieve(serverId, studies) }),
    beginImport: (input) => ({ transferId: transfers.beginImport(input) }),
    finishImport({ transferId }) {
      transfers.finishImport(transferId)
      return {}
    },
    cancel({ transferId }) {
      transfers.cancel(transferId)
      return {}
    },
    retry: async ({ transferId }) => ({ transferId: await transfers.retry(transferId) }),
    async askCommitment({ transferId }) {
      await transfers.askCommitment(transferId)
      return {}
    },
    async clear({ transferIds }) {
      await transfers.clear(transferIds)
      return {}
    },
  }
}
