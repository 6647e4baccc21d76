import { type UseQueryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ApiError } from '#shared/contract/errors.ts'
import type { WorkstationContract } from '#shared/contract/index.ts'
import type { InputOf, Operation, OutputOf } from '#shared/contract/operation.ts'
import { client } from './client.ts'

type Features = keyof WorkstationContract
export type QueryVerb<F extends Features> = {
  [V in keyof WorkstationContract[F]]: WorkstationContract[F][V] extends { kind: 'query' } ? V : never
}[keyof WorkstationContract[F]]

type OperationOf<F extends Features, V extends keyof WorkstationContract[F]> = Extract<
  WorkstationContract[F][V],
  Operation
>

interface Options {
  enabled?: boolean | undefined
  /** Shows the last answer while the next one comes: no jump. */
  keepPrevious?: boolean | undefined
  /** Asks again and again while it is shown. */
  everyMs?: number | undefined
}

/** `useQueryOperation('studies', 'series', { studyId })`: one query of the contract, cached by its input. */
export function useQueryOperation<F extends Features, V extends QueryVerb<F>>(
  feature: F,
  verb: V,
  input: InputOf<OperationOf<F, V>>,
  options: Options = {},
): UseQueryResult<OutputOf<OperationOf<F, V>>, ApiError> {
  const settings: UseQueryOptions<OutputOf<OperationOf<F, V>>, ApiError> = {
    queryKey: [feature, verb, input],
    queryFn: ({ signal }) => callQuery(feature, verb, input, signal),
    enabled: options.enabled ?? true,
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
    ...(options.keepPrevious ? { placeholderData: (previous) => previous } : {}),
  }
  return useQuery(settings)
}

/** The same call without the hook. */
export function callQuery<F extends Features, V extends QueryVerb<F>>(
  feature: F,
  verb: V,
  input: InputOf<OperationOf<F, V>>,
  signal?: AbortSignal,
): Promise<OutputOf<OperationOf<F, V>>> {
  const call = client[feature][verb] as unknown as (
    input: InputOf<OperationOf<F, V>>,
    options: { signal?: AbortSignal | undefined },
  ) => Promise<OutputOf<OperationOf<F, V>>>
  return call(input, { signal })
}
