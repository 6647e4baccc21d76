import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import { isCombination } from './keyCombination.ts'

export interface Shortcut {
  /** `Ctrl A`, `Alt 1`, `Delete`, `?`, `w`. */
  keys: string
  /** What it does, for the help that `?` opens. Without it the key is not listed. */
  label?: string | undefined
  run: (event: KeyboardEvent) => void
}

interface Registered {
  group: string
  read: () => readonly Shortcut[]
}

/** Who listens now, for the help. */
export const useShortcutRegistry = create<{ groups: readonly Registered[] }>(() => ({ groups: [] }))

/**
 * Keys of a page or a part of it while it is mounted. A single key works only outside text fields; nothing works while a
 * dialog is open, unless `inDialog` is set.
 */
export function useShortcuts(
  group: string,
  shortcuts: readonly Shortcut[],
  options: { inDialog?: boolean } = {},
): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  const inDialog = options.inDialog ?? false
  useEffect(() => {
    const own: Registered = { group, read: () => latest.current }
    useShortcutRegistry.setState((state) => ({ groups: [...state.groups, own] }))
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isElsewhere(event, inDialog)) return
      const found = latest.current.find((shortcut) => isCombination(event, shortcut.keys))
      if (!found) return
      event.preventDefault()
      found.run(event)
    }
    window.addEventListener('keydown', listen)
    return () => {
      window.removeEventListener('keydown', listen)
      useShortcutRegistry.setState((state) => ({ groups: state.groups.filter((each) => each !== own) }))
    }
  }, [group, inDialog])
}

const editing = new Set(['a', 'c', 'v', 'x', 'y', 'z'])

/** Whether the key belongs to what has the focus. */
function isElsewhere(event: KeyboardEvent, inDialog: boolean): boolean {
  if (!inDialog && document.querySelector('dialog[open]')) return true
  const target = event.target instanceof Element ? event.target : undefined
  if (!target) return false
  if (target.closest('[role="menu"], select')) return true
  const typing = target.closest('input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable="true"]')
  if (typing) {
    const modified = event.ctrlKey || event.metaKey || event.altKey
    return !(event.key === 'Escape' || /^F\d/.test(event.key) || (modified && !editing.has(event.key.toLowerCase())))
  }
  // Enter and Space press the button or box that has the focus.
  return (
    !(event.ctrlKey || event.metaKey) &&
    (event.key === 'Enter' || event.key === ' ') &&
    target.closest('button, a[href], input, [role="menuitem"]') !== null
  )
}
