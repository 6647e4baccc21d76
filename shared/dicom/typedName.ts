/** `Sato, Rex` is PN `Sato^Rex`; without a comma the whole is the first component, and what is a PN stays as it is. */
export function asPersonName(typed: string): string {
  if (typed.includes('^')) return typed.trim()
  const [family = '', ...given] = typed.split(',').map((part) => part.trim())
  const own = given.filter((part) => part !== '').join(' ')
  return own === '' ? family : `${family}^${own}`
}

/**
 * What people typed, out of a PN. One that would not come back as it was (other scripts, middle names, titles) is shown as
 * it is written: who changes the hour of a request must not change whom it is for.
 */
export function typedPersonName(name: string): string {
  const [family = '', ...rest] = name.split('^')
  const given = rest.filter((part) => part !== '').join(' ')
  const typed = given === '' ? family : `${family}, ${given}`
  return asPersonName(typed) === name.replace(/\^+$/, '') && !name.includes('=') ? typed : name
}
