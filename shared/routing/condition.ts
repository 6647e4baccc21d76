import { z } from 'zod'

export const conditionTest = z.enum([
  'is',
  'is-not',
  'contains',
  'contains-not',
  'starts-with',
  'one-of',
  'at-least',
  'at-most',
  'empty',
  'not-empty',
])
export type ConditionTest = z.infer<typeof conditionTest>

export interface Condition {
  field: string
  test: ConditionTest
  value: string
}

/** As people compare: without case, accents, padding, and the carets between the parts of a name (PS3.5 6.2.1). */
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\^=]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

/**
 * Whether an image fulfils a condition. Of several values (PS3.5 6.4, parted by a backslash) one is enough; what says
 * *not* holds for none of them. What is absent is empty.
 */
export function fulfils(attributes: Readonly<Record<string, string>>, { field, test, value }: Condition): boolean {
  const present = (attributes[field] ?? '').split('\\').map(folded).filter(Boolean)
  const wanted = folded(value)
  switch (test) {
    case 'empty':
      return present.length === 0
    case 'not-empty':
      return present.length > 0
    case 'is':
      return wanted === '' ? present.length === 0 : present.includes(wanted)
    case 'is-not':
      return wanted === '' ? present.length > 0 : !present.includes(wanted)
    case 'contains':
      return present.some((one) => one.includes(wanted))
    case 'contains-not':
      return wanted !== '' && !present.some((one) => one.includes(wanted))
    case 'starts-with':
      return wanted !== '' && present.some((one) => one.startsWith(wanted))
    case 'one-of':
      return value
        .split(/[,;\\]/)
        .map(folded)
        .some((one) => one !== '' && present.includes(one))
    case 'at-least':
      return wanted !== '' && present.some((one) => compare(one, wanted) >= 0)
    case 'at-most':
      return wanted !== '' && present.some((one) => compare(one, wanted) <= 0)
  }
}

export function fulfilsAll(attributes: Readonly<Record<string, string>>, conditions: readonly Condition[]): boolean {
  return conditions.every((condition) => fulfils(attributes, condition))
}

/** Numbers as numbers; dates and everything else as text, which for DA and TM is their order. */
function compare(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)]
  if (a !== '' && b !== '' && Number.isFinite(x) && Number.isFinite(y)) return x - y
  return a < b ? -1 : a > b ? 1 : 0
}
