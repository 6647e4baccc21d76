import type { HangingMatch } from '#shared/imaging/hangingProtocol.ts'
import { Select } from '../../../ui/Select.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import css from './Hanging.module.css'

interface HangingMatchFieldsProps {
  match: HangingMatch
  onChange(match: HangingMatch): void
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => ({ value: String(from + at), label: String(from + at) }))

/** For which studies a layout is meant. */
export function HangingMatchFields({ match, onChange }: HangingMatchFieldsProps) {
  const field = (key: 'modality' | 'bodyPart' | 'view' | 'species') => ({
    value: match[key],
    maxLength: 200,
    placeholder: 'any',
    onChange: (value: string) => onChange({ ...match, [key]: value }),
  })
  return (
    <div className={css.fields}>
      <TextField label="Modality" {...field('modality')} help="“CR, DX” is either, “PT + CT” both." />
      <TextField label="Body part" {...field('bodyPart')} help="As coded, or a word of a description." />
      <TextField label="View" {...field('view')} help="As coded: PA, LL, VD, MLO." />
      <TextField label="Species" {...field('species')} help="“person”, “animal”, or one such as “dog”." />
      <Select
        label="Images or stacks, at least"
        value={String(match.atLeast)}
        options={numbers(1, 64)}
        onChange={(value) => onChange({ ...match, atLeast: Number(value) })}
      />
      <Select
        label="Earlier studies, at least"
        value={String(match.priors)}
        options={numbers(0, 3)}
        onChange={(value) => onChange({ ...match, priors: Number(value) })}
        help="Of the same kind and part of the body."
      />
    </div>
  )
}
