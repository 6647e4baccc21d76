/** One component group of a PN value (PS3.5 6.2.1.1). */
interface NameComponents {
  family: string
  given: string
  middle: string
  prefix: string
  suffix: string
}

export interface PersonName {
  alphabetic: NameComponents
  ideographic: NameComponents
  phonetic: NameComponents
}

/** Never fails: what is missing is empty, what is too much stays in the last component. */
export function parsePersonName(value: string): PersonName {
  const [alphabetic, ideographic, phonetic] = value.split('=')
  return { alphabetic: components(alphabetic), ideographic: components(ideographic), phonetic: components(phonetic) }
}

function components(group = ''): NameComponents {
  const [family = '', given = '', middle = '', prefix = '', ...suffix] = group.split('^').map((part) => part.trim())
  return { family, given, middle, prefix, suffix: suffix.filter((part) => part !== '').join(' ') }
}

/**
 * `Family, Given Middle`; where the name is also written in ideographs or by sound, these follow in brackets. What the data has first
 * stays first: some clinics put the owner there and the animal second, and no rule tells which.
 */
export function formatPersonName(value: string): string {
  const { alphabetic, ideographic, phonetic } = parsePersonName(value)
  const [family, ideographs, sounds] = [
    formatComponents(alphabetic, ', '),
    formatComponents(ideographic, ' '),
    formatComponents(phonetic, ' '),
  ] as const
  const [first = '', ...others] = [family, ideographs, sounds].filter((group) => group !== '')
  return others.length === 0 ? first : `${first} (${others.join(', ')})`
}

function formatComponents({ family, given, middle, prefix, suffix }: NameComponents, separator: string): string {
  const own = [prefix, given, middle].filter((part) => part !== '').join(' ')
  return [family, own, suffix].filter((part) => part !== '').join(separator)
}
