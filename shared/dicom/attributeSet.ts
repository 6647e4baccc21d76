/**
 * A data set of text as programs hand it to each other: keyword (PS3.6) to value, several values joined by a backslash; a
 * sequence is the list of its items. Private and binary attributes are not part of it.
 */
export interface AttributeSet {
  [keyword: string]: string | AttributeSet[]
}

/** The text of an attribute; '' where it is absent or a sequence. */
export function textIn(set: AttributeSet | undefined, keyword: string): string {
  const value = set?.[keyword]
  return typeof value === 'string' ? value : ''
}

/** The items of a sequence; [] where it is absent or no sequence. */
export function itemsIn(set: AttributeSet | undefined, keyword: string): AttributeSet[] {
  const value = set?.[keyword]
  return Array.isArray(value) ? value : []
}
