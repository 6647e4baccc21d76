import { useState } from 'react'
import { parseDate } from '#shared/dicom/dateTime.ts'
import { DayField } from './DayField.tsx'
import type { TextFieldProps } from './TextField.tsx'

interface DateFieldProps extends Omit<TextFieldProps, 'type' | 'trailing' | 'value' | 'onChange'> {
  /** DA; '' is none. */
  value: string
  /** A whole day as DA, '' when emptied; undefined for what is no day, or not yet. */
  onChange: (date: string | undefined) => void
}

/** A day as DA, typed as people read it. Once the field is left it says what is no day. */
export function DateField({ value, onChange, error, onBlur, ...field }: DateFieldProps) {
  const [typed, setTyped] = useState({ text: '', of: '' })
  const [isLeft, setLeft] = useState(false)
  const isTyping = typed.text !== '' && (typed.of === value || value === '')
  const isDay = toDate(typed.text) !== undefined
  return (
    <DayField
      {...field}
      value={isTyping ? typed.text : dashed(value)}
      error={isTyping && isLeft && !isDay ? 'A day is written as 2026-11-21.' : error}
      onChange={(text) => {
        const date = toDate(text)
        // 20261121 becomes 2026-11-21 once the field is left, not below the fingers.
        setTyped({ text, of: date ?? value })
        setLeft(false)
        onChange(date)
      }}
      onBlur={(event) => {
        if (isDay) setTyped({ text: '', of: '' })
        setLeft(true)
        onBlur?.(event)
      }}
    />
  )
}

function toDate(text: string): string | undefined {
  const date = text.trim().replaceAll(/[-.]/g, '')
  return date === '' || parseDate(date) ? date : undefined
}

function dashed(date: string): string {
  return date === '' ? '' : `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`
}
