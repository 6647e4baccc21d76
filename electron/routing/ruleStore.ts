import { join } from 'node:path'
import { z } from 'zod'
import { Changes } from '#electron/settings/changes.ts'
import { openConfigFile } from '#electron/settings/configFile.ts'
import { ApiError } from '#shared/contract/errors.ts'
import { type RuleFields, storedRule } from '#shared/contract/rules.ts'

export type Rule = z.infer<typeof storedRule>

const stored = z.object({ lastRuleId: z.number().int(), rules: z.array(storedRule) })
const RULES_MAX = 200

/** The rules in a file of their own, in the order in which they were made. */
export class RuleStore {
  readonly notice: string | undefined
  private readonly file: ReturnType<typeof openConfigFile<typeof stored>>
  private readonly changes = new Changes()
  private value: z.infer<typeof stored>

  constructor(dataFolder: string) {
    this.file = openConfigFile(join(dataFolder, 'config', 'rules.json'), stored)
    this.notice = this.file.notice
    this.value = this.file.value ?? { lastRuleId: 0, rules: [] }
  }

  rows(): readonly Rule[] {
    return this.value.rules
  }

  get(ruleId: number): Rule {
    const rule = this.value.rules.find((row) => row.ruleId === ruleId)
    if (!rule) throw new ApiError('not-found', 'This rule is no longer in the list.')
    return rule
  }

  add(fields: RuleFields): Rule {
    if (this.value.rules.length >= RULES_MAX)
      throw new ApiError('invalid-input', `At most ${RULES_MAX} rules. Delete one that is not used.`)
    this.checkName(fields.name)
    const rule = { ...fields, ruleId: this.value.lastRuleId + 1, isOn: false }
    this.replace([...this.value.rules, rule], rule.ruleId)
    return rule
  }

  put(rule: Rule): void {
    this.get(rule.ruleId)
    this.checkName(rule.name, rule.ruleId)
    this.replace(this.value.rules.map((row) => (row.ruleId === rule.ruleId ? rule : row)))
  }

  delete(ruleId: number): void {
    this.get(ruleId)
    this.replace(this.value.rules.filter((row) => row.ruleId !== ruleId))
  }

  onChange(listener: () => void): () => void {
    return this.changes.onChange(listener)
  }

  tell(): void {
    this.changes.tell()
  }

  private checkName(name: string, except?: number): void {
    if (this.value.rules.some((row) => row.name === name && row.ruleId !== except))
      throw new ApiError('invalid-input', `There is already a rule named ${name}. Choose another name.`, {
        field: 'name',
      })
  }

  private replace(rules: Rule[], lastRuleId = this.value.lastRuleId): void {
    this.file.write({ lastRuleId, rules })
    this.value = { lastRuleId, rules }
    this.changes.tell()
  }
}
