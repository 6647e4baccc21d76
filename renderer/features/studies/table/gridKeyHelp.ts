import type { Shortcut } from '../../../app/shortcuts.ts'

const focusList = () => document.querySelector<HTMLElement>('[role="grid"]')?.focus()

/** The list answers these keys itself once it has the focus; before that they bring the focus there. */
export const gridKeyHelp: readonly Shortcut[] = [
  { keys: 'Down', label: 'Next row', run: focusList },
  { keys: 'Up', label: 'Previous row', run: focusList },
  { keys: 'Home', label: 'First row', run: focusList },
  { keys: 'End', label: 'Last row', run: focusList },
  { keys: 'Shift Right', label: 'Widen the column whose header has the focus', run: () => {} },
  { keys: 'Shift Left', label: 'Narrow it', run: () => {} },
]
