const MAX_NAME_LENGTH = 64

/** `New server`, then `New server 2`, `New server 3`: the first that nobody has (R004). */
export function freeName(wanted: string, taken: readonly string[]): string {
  return isTaken(wanted, taken) ? numbered(wanted, taken) : wanted
}

/** The name of a duplicate always carries a number: `X` gives `X 2`, and `X 2` gives `X 3` (R005). */
export function duplicateName(name: string, taken: readonly string[]): string {
  return numbered(name.replace(/ \d{1,6}$/, ''), taken)
}

/** Names differ for a reader only when more than letter case differs (R008). */
export function isTaken(name: string, taken: readonly string[]): boolean {
  const key = nameKey(name)
  return taken.some((other) => nameKey(other) === key)
}

export const nameKey = (name: string) => name.trim().toLowerCase()

function numbered(base: string, taken: readonly string[]): string {
  for (let number = 2; ; number += 1) {
    const suffix = ` ${number}`
    const name = base.slice(0, MAX_NAME_LENGTH - suffix.length) + suffix
    if (!isTaken(name, taken)) return name
  }
}
