import { ApiError } from '#shared/contract/errors.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/contract/serve.ts'
import { throttled } from '../throttled.ts'
import type { WorkstationParts } from '../workstationParts.ts'

/** A device that sends each image over an association of its own makes dozens a second. */
const WATCH_INTERVAL_MS = 500

export function associationHandlers({
  associations,
}: Pick<WorkstationParts, 'associations'>): Handlers<WorkstationContract>['associations'] {
  return {
    async list({ kind, direction = 'all', text = '', before = null, limit = 100 }) {
      const found = await associations.list({ kind, direction, text, before, limit: limit + 1 })
      const rows = found.slice(0, limit)
      const last = found.length > limit ? rows.at(-1) : undefined
      return { rows, next: last ? { startedAt: last.startedAt, associationId: last.associationId } : null }
    },
    async details({ associationId }) {
      const details = await associations.details(associationId)
      if (!details) throw new ApiError('not-found', 'This connection is no longer in the log.')
      return details
    },
    watch: ({ kind, direction = 'all', text = '', limit }, { signal }) =>
      throttled({
        signal,
        intervalMs: WATCH_INTERVAL_MS,
        subscribe: (notify) => associations.onChange(notify),
        take: async () => {
          const found = await associations.list({ kind, direction, text, before: null, limit: limit + 1 })
          return { rows: found.slice(0, limit), more: found.length > limit }
        },
      }),
  }
}
