import { useEffect, useState } from 'react'
import type { Problems } from './fieldProblems.ts'
import type { FormField } from './fields.ts'

const AFTER_MS = 400

/** A problem is said 400 ms after the last key or when the field is left; it goes the moment that it is solved. */
export function useShownProblems(problems: Problems): { shown: Problems; leave: (field: FormField) => void } {
  const [said, setSaid] = useState<readonly string[]>([])
  const wrong = Object.keys(problems).join(' ')
  useEffect(() => {
    const timer = setTimeout(() => setSaid(wrong === '' ? [] : wrong.split(' ')), AFTER_MS)
    return () => clearTimeout(timer)
  }, [wrong])
  const shown = Object.fromEntries(Object.entries(problems).filter(([field]) => said.includes(field)))
  return { shown, leave: (field) => setSaid((known) => [...known, field]) }
}
