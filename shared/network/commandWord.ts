/**
 * A value as one word on a command line of any system. One that no quotes make safe is left for the person to type: a
 * server's name or UID may have been chosen to become a command. PowerShell takes typographic quotes for quotes.
 */
export function commandWord(value: string): string {
  if (/^[A-Za-z0-9_.:%/][A-Za-z0-9_.:%/-]*$/.test(value)) return value
  return value.startsWith('-') || /["'`$\\!%]|[^\x20-\x7e]/.test(value) ? 'VALUE' : `"${value}"`
}
