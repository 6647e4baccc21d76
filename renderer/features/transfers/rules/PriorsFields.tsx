import type { RuleFields } from '#shared/contract/rules.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import css from './RulesPage.module.css'

interface PriorsFieldsProps {
  value: RuleFields['priors']
  onChange(value: RuleFields['priors']): void
}

/** Which earlier studies of the patient. */
export function PriorsFields({ value, onChange }: PriorsFieldsProps) {
  const change = (part: Partial<RuleFields['priors']>) => onChange({ ...value, ...part })
  return (
    <fieldset className={css.group}>
      <legend>Which earlier studies</legend>
      <TextField
        label="The newest"
        type="number"
        min={1}
        max={20}
        trailing="studies"
        value={String(value.count)}
        onChange={(text) => change({ count: Math.max(1, Math.min(20, Math.round(Number(text)) || 1)) })}
      />
      <Checkbox
        label="Of the same modality"
        checked={value.sameModality}
        onChange={(sameModality) => change({ sameModality })}
      />
      <Checkbox
        label="Of the same body part"
        checked={value.sameBodyPart}
        onChange={(sameBodyPart) => change({ sameBodyPart })}
        help="As the devices name it. Where the new images say none, it does not count."
      />
    </fieldset>
  )
}
