import { Plus, X } from 'lucide-react'
import { useMemo } from 'react'
import type { RuleCondition } from '#shared/contract/rules.ts'
import { useQueryOperation } from '../../../api/useQueryOperation.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Select } from '../../../ui/Select.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import css from './RulesPage.module.css'
import { namedFields, needsValue, tests } from './ruleText.ts'

interface ConditionsProps {
  conditions: readonly RuleCondition[]
  onChange(conditions: RuleCondition[]): void
}

/** Which images: all of the conditions hold. Without any, all that devices send. */
export function Conditions({ conditions, onChange }: ConditionsProps) {
  const { data: keywords } = useQueryOperation('rules', 'fields', {})
  const fields = useMemo(() => {
    const named = new Set(namedFields.map(({ value }) => value))
    const others = (keywords ?? []).filter((keyword) => !named.has(keyword)).toSorted()
    return [...namedFields, ...others.map((value) => ({ value, label: value }))]
  }, [keywords])
  const change = (at: number, patch: Partial<RuleCondition>) =>
    onChange(conditions.map((condition, index) => (index === at ? { ...condition, ...patch } : condition)))
  return (
    <fieldset className={css.group}>
      <legend>Which images: all of these hold</legend>
      {conditions.map(({ field, test, value }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
        <div key={at} className={css.condition}>
          <Select
            label="Field"
            hideLabel
            value={field}
            options={fields}
            onChange={(next) => change(at, { field: next })}
          />
          <Select label="Test" hideLabel value={test} options={tests} onChange={(next) => change(at, { test: next })} />
          {needsValue(test) ? (
            <TextField
              label="Value"
              hideLabel
              maxLength={256}
              placeholder={test === 'one-of' ? 'CT, MR, PT' : ''}
              value={value}
              onChange={(next) => change(at, { value: next })}
            />
          ) : (
            <span />
          )}
          <IconButton
            label="Take the condition away"
            icon={X}
            onClick={() => onChange(conditions.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <div>
        <Button
          size="small"
          icon={Plus}
          disabled={conditions.length >= 20}
          onClick={() => onChange([...conditions, { field: 'Modality', test: 'is', value: '' }])}
        >
          Condition
        </Button>
      </div>
    </fieldset>
  )
}
