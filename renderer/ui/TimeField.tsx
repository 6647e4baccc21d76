import { useState } from 'react'
import { TextField, type TextFieldProps } from './TextField.tsx'

interface TimeFieldProps extends Omit<TextFieldProps, 'type' | 'trailing'> {
  /** `20:00` */
  value: string
  /** Whole times only. */
  onChange(time: string): void
}

/** A time of the day as the whole product writes it, 20:00: the browser's own field follows its language, 08:00 PM. */
export function TimeField({ value, onChange, error, onBlur, onKeyDown, ...field }: TimeFieldProps) {
  const [typed, setTyped] = useState<string>()
  const [isRefused, setRefused] = useState(false)
  /** What is no time does not stay in the field: what stands there is what holds. */
  const take = () => {
    if (typed === undefined) return
    const time = timeOf(typed)
    setTyped(undefined)
    setRefused(time === undefined)
    if (time !== undefined && time !== value) onChange(time)
  }
  return (
    <TextField
      {...field}
      mono
      placeholder="HH:MM"
      maxLength={5}
      value={typed ?? value}
      error={isRefused ? `A time is written as 20:00. ${value} stays.` : error}
      onChange={(text) => {
        setTyped(text)
        setRefused(false)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take()
        onKeyDown?.(event)
      }}
      onBlur={(event) => {
        take()
        onBlur?.(event)
      }}
    />
  )
}

/** `7:30`, `0730` and `7` too; undefined for what is no time of the day. */
function timeOf(text: string): string | undefined {
  const match = /^(\d{1,2})(?::?(\d{2}))?$/.exec(text.trim())
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2] ?? 0)]
  if (!match || hour > 23 || minute > 59) return undefined
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
