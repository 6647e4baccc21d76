import { keepWindowEntry, type WindowEntry, windowEntryOf } from '../../app/ownWindow.ts'
import { freeNumber } from './windows.ts'

/** Opens these studies in a window of their own. Returns why not, as a sentence. */
export function openStudiesInWindow(entry: Omit<WindowEntry, 'open'>): string | undefined {
  const number = freeNumber()
  if (number === undefined) return 'Nine windows are open. Close one of them first.'
  const before = windowEntryOf(number)
  keepWindowEntry(number, { ...entry, open: true })
  const refusal = showWindow(number)
  if (refusal && before) keepWindowEntry(number, before)
  return refusal
}

/** Opens the window of a number with what is written down for it. */
export function showWindow(number: number): string | undefined {
  const opened = window.open(`${location.pathname}#window=${number}`, `negatoscope-${location.port}-${number}`)
  // The desktop program opens its windows itself and hands none of them to a page.
  return opened || location.protocol === 'app:'
    ? undefined
    : 'The browser held the window back. Allow pop-ups for this address, or open the address in another tab.'
}
