import { create } from 'zustand'
import { type RuleFields, type RuleRow, ruleFields } from '#shared/contract/rules.ts'
import { newRule } from './ruleText.ts'

interface RuleDraft {
  chosen: number | 'new' | undefined
  /** As it was typed; undefined: as it was saved. It stays while other pages are open. */
  draft: RuleFields | undefined
}

export const useRuleDraft = create<RuleDraft>(() => ({ chosen: undefined, draft: undefined }))

export const savedFields = (rule: RuleRow | undefined): RuleFields => (rule ? ruleFields.parse(rule) : newRule)

export function isChanged(rule: RuleRow | undefined, draft: RuleFields | undefined): boolean {
  return draft !== undefined && textOf(draft) !== textOf(savedFields(rule))
}

/** In whatever order its values were set. */
function textOf(fields: RuleFields): string {
  return JSON.stringify(fields, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}
