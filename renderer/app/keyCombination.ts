export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/**
 * Whether a key press is the combination: `Ctrl A`, `Alt 1`, `Shift F6`, `Delete`, `?`, `w`. Ctrl is also Command on a Mac.
 * For a printable sign Shift does not matter: where `?` needs it depends on the keyboard.
 */
export function isCombination(press: KeyPress, combination: string): boolean {
  const parts = combination.split(' ')
  const key = parts.at(-1) ?? ''
  const wants = (modifier: string) => parts.length > 1 && parts.slice(0, -1).includes(modifier)
  if (wants('Ctrl') !== (press.ctrlKey || press.metaKey) || wants('Alt') !== press.altKey) return false
  const printable = key.length === 1 && !/[a-z0-9]/i.test(key)
  if (!printable && wants('Shift') !== press.shiftKey) return false
  const pressed = press.key === ' ' ? 'Space' : press.key.replace(/^Arrow/, '')
  return pressed.toLowerCase() === key.toLowerCase()
}
