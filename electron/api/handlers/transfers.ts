import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import { shown, watchTransfers } from '../watchTransfers.ts'
import type { WorkstationParts } from '../workstationParts.ts'

type Parts = Pick<WorkstationParts, 'transfers'>

export function transferHandlers({ transfers }: Parts): Handlers<WorkstationContract>['transfers'] {
  return {
    watch: (_, { signal }) => watchTransfers(transfers, signal),
    history: async (page) => (await transfers.history(page)).map(shown),
    items: ({ transferId }) => transfers.items(transferId),
    send: async (order) => ({ transferIds: await transfers.send(order) }),
    check: (order) => transfers.check(order),
    retrieve: async ({ serverId, studies }) => ({ transferIds: await transfers.retrieve(serverId, studies) }),
    beginImport: (input) => ({ transferId: transfers.beginImport(input) }),
    finishImport({ transferId }) {
      transfers.finishImport(transferId)
      return {}
    },
    async cancel({ transferId }) {
      await transfers.cancel(transferId)
      return {}
    },
    pause({ transferIds }) {
      transfers.pause(transferIds)
      return {}
    },
    resume({ transferIds }) {
      transfers.resume(transferIds)
      return {}
    },
    prioritise({ transferId, priority }) {
      transfers.prioritise(transferId, priority)
      return {}
    },
    async countAgain({ transferId }) {
      await transfers.countAgain(transferId)
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
