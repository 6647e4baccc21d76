import type { RuleRow } from '#shared/contract/rules.ts'
import { client } from '../../../api/client.ts'
import { sharedStream } from '../../../api/sharedStream.ts'

const stream = sharedStream<RuleRow[], RuleRow[] | undefined>(
  (signal) => client.rules.watch({}, { signal }),
  undefined,
  (_, rows) => rows,
)

/** Every rule; undefined until the first answer. */
export const useRules = stream.use
