import { useState } from 'react'
import { TextField, type TextFieldProps } from './TextField.tsx'

export interface NumberFieldProps extends Omit<TextFieldProps, 'value' | 'onChange' | 'min' | 'max' | 'counter'> {
  /** `undefined` while the field is empty or no whole number. */
  value: number | undefined
  onChange: (value: number | undefined) => void
  unit?: string | undefined
}

/** A whole number. What is typed stays as typed; the caller says what is wrong with it. */
export function NumberField({ value, onChange, unit, ...rest }: NumberFieldProps) {
  const [draft, setDraft] = useState(value === undefined ? '' : String(value))
  // The draft wins as long as it means the same number; a new value from outside replaces it.
  const text = parse(draft) === value ? draft : value === undefined ? '' : String(value)
  return (
    <TextField
      {...rest}
      value={text}
      inputMode="numeric"
      onChange={(typed) => {
        setDraft(typed)
        onChange(parse(typed))
      }}
      trailing={unit}
    />
  )
}

function parse(text: string): number | undefined {
  return /^\s*-?\d{1,15}\s*$/.test(text) ? Number(text) : undefined
}
