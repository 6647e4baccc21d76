/** No UID, AE title or comment of a command is longer (PS3.5 6.2, PS3.7 C.1). */
const LENGTH_MAX = 64

/** A short text of a peer's as it may stand in a list: no control characters, bounded. */
export function plainText(text: string): string {
  return text.slice(0, LENGTH_MAX).replace(/[^\x20-\x7e]/g, '?')
}
