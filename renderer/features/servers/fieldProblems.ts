import { restProblem } from '#shared/contract/rest.ts'
import { type ServerFields, serverFields } from '#shared/contract/servers.ts'
import type { Draft, FormField } from './fields.ts'

export type Problems = Partial<Record<FormField, string>>

const PORT = 'A port is a number from 1 to 65535.'

/** What is wrong with each field, in the contract's own words; names are unique (R008). */
export function fieldProblems(draft: Draft, otherNames: readonly string[]): Problems {
  const problems: Problems = {}
  const parsed = serverFields.safeParse(draft)
  for (const { path, message } of parsed.error?.issues ?? []) {
    const [first] = path
    const field = (hasParts.has(first) ? path.join('.') : first) as FormField
    problems[field] ??= path.at(-1) === 'port' || field === 'listenPort' ? PORT : messageOf(field, message)
  }
  const together = parsed.data && restProblem(parsed.data)
  if (together) problems[together.field] ??= together.message
  const name = draft.name.trim().toLowerCase()
  if (!problems.name && otherNames.some((other) => other.toLowerCase() === name))
    problems.name = 'Another server has this name. Choose another one.'
  if (draft.tls && draft.verifyCertificate && draft.trust === 'pinned' && draft.pinnedCertificate === '')
    problems.pinnedCertificate ??= 'Look at what the server shows, compare it, and pin it.'
  if (draft.notifyOn && draft.notifyAddress === '')
    problems.notifyAddress ??= 'Choose the address of ours that it can reach.'
  if (draft.retrieving.mode === 'folder' && draft.retrieving.folder.trim() === '')
    problems['retrieving.folder'] ??= 'Enter the folder in which it keeps its files.'
  return problems
}

const hasParts = new Set<unknown>(['storeEndpoint', 'queryDates', 'retrieving', 'sendHours'])

function messageOf(field: FormField, message: string): string {
  if (field === 'queryDates.count') return 'A number from 1 to 999.'
  if (field === 'restLimit') return 'A number from 0 to 100,000; 0 is all.'
  if (field === 'restCacheThreshold') return 'A number from 0 to 1,000.'
  return field === 'retrieving.searchLimit' ? 'A number from 0 to 100,000; 0 is no limit.' : message
}

/** The draft as the contract takes it; undefined while something is wrong. */
export function toFields(draft: Draft): ServerFields | undefined {
  const fields = serverFields.safeParse(draft).data
  return fields && !restProblem(fields) ? fields : undefined
}
