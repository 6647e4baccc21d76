import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import css from './Combobox.module.css'
import { TextField, type TextFieldProps } from './TextField.tsx'

export interface ComboboxOption<Value> {
  key: string
  label: string
  /** At the right, quieter. */
  note?: ReactNode
  value: Value
}

export interface ComboboxProps<Value> extends Omit<TextFieldProps, 'value' | 'onChange'> {
  value: string
  /** As typed. */
  onChange: (text: string) => void
  options: readonly ComboboxOption<Value>[]
  onPick: (option: ComboboxOption<Value>) => void
}

/** Text with suggestions under it (WAI-ARIA combobox): arrows choose, Enter takes, Esc closes, free text stays as typed. */
export function Combobox<Value>({ value, onChange, options, onPick, ...field }: ComboboxProps<Value>) {
  const listId = useId()
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const shown = open && options.length > 0
  const current = Math.min(at, options.length - 1)
  const pick = (option: ComboboxOption<Value> | undefined) => {
    if (!option) return
    setOpen(false)
    onPick(option)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    field.onKeyDown?.(event)
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!shown) setOpen(true)
      else setAt((current + (event.key === 'ArrowDown' ? 1 : options.length - 1)) % options.length)
    } else if (event.key === 'Enter' && shown && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      pick(options[current])
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
    }
  }
  return (
    <div className={css.box}>
      <TextField
        {...field}
        value={value}
        onChange={(text) => {
          setOpen(true)
          setAt(0)
          onChange(text)
        }}
        role="combobox"
        aria-expanded={shown}
        aria-controls={shown ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={shown ? `${listId}-${current}` : undefined}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          event.currentTarget.select()
          setOpen(true)
        }}
        onBlur={() => setOpen(false)}
      />
      {/* Chromium makes a box that scrolls a stop of the Tab key: it is none, the keys stay in the text field. */}
      {shown && (
        <div id={listId} role="listbox" tabIndex={-1} aria-label={`${field.label}, suggestions`} className={css.list}>
          {options.map((option, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys go to the text field, which keeps the focus
            <div
              key={option.key}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              className={css.option}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(option)}
            >
              <span className={css.label}>{option.label}</span>
              {option.note && <span className={css.note}>{option.note}</span>}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
