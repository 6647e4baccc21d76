import type { KeyPress } from '../../../app/keyCombination.ts'

const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Unidentified'])
/** The frame keeps these: they close, move and help everywhere. */
const KEPT = new Set(['Escape', 'Tab', 'Enter', 'F1', 'F5', 'F6', '?'])

/** The pressed combination as it is written, `Shift A`; a sentence where it cannot be given to a command. */
export function combinationOf(press: KeyPress): { keys: string } | { problem: string } | undefined {
  if (MODIFIERS.has(press.key)) return undefined
  if (KEPT.has(press.key)) return { problem: `${press.key} belongs to every page. Press another key.` }
  if (press.altKey && /^\d$/.test(press.key)) return { problem: `Alt ${press.key} changes pages. Press another key.` }
  if ((press.ctrlKey || press.metaKey) && /^[acvxyzkwtn,\d]$/i.test(press.key))
    return { problem: `Ctrl ${press.key.toUpperCase()} belongs to every page or to the browser. Press another key.` }
  const name = press.key === ' ' ? 'Space' : press.key.replace(/^Arrow/, '')
  const key = name.length === 1 ? name.toUpperCase() : name
  const letter = /^[A-Z0-9]$/.test(key) || key.length > 1
  const parts = [
    press.ctrlKey || press.metaKey ? 'Ctrl' : '',
    press.altKey ? 'Alt' : '',
    press.shiftKey && letter ? 'Shift' : '',
    key,
  ]
  return { keys: parts.filter(Boolean).join(' ') }
}
