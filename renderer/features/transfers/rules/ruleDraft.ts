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
  return draft !== undefined && JSON.stringify(draft) !== JSON.stringify(savedFields(rule))
}
