import type { Client } from '#shared/contract/client.ts'
import { ApiError } from '#shared/contract/errors.ts'
import { contract, type WorkstationContract } from '#shared/contract/index.ts'
import type { Operation } from '#shared/contract/operation.ts'
import { connected } from './connection.ts'

type Options = { signal?: AbortSignal | undefined }
type Verbs = Record<string, Record<string, (input: unknown, options?: Options) => unknown>>

/**
 * The workstation, for the whole life of the page: `client.studies.list(input, { signal })` is a promise,
 * `client.studies.changes(input, { signal })` an async iterable. Calls made before the connection stands wait for it; while
 * it is lost they fail with `disconnected`.
 */
export const client: Client<WorkstationContract> = forward()

function forward(): Client<WorkstationContract> {
  const all: Verbs = {}
  for (const [feature, verbs] of Object.entries(contract)) {
    const own: Verbs[string] = {}
    all[feature] = own
    for (const [verb, operation] of Object.entries<Operation>(verbs)) {
      const call = async (input: unknown, options: Options | undefined) => {
        const current = (await connected()) as unknown as Verbs
        if (options?.signal?.aborted) throw new ApiError('cancelled', 'Stopped.')
        return current[feature]?.[verb]?.(input, options)
      }
      own[verb] =
        operation.kind === 'stream'
          ? async function* (input, options) {
              // `call` hands over the iterable itself: an async function would swallow only a thenable.
              yield* (await call(input, options)) as AsyncIterable<unknown>
            }
          : (input, options) => call(input, options)
    }
  }
  return all as unknown as Client<WorkstationContract>
}
