import { Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useShortcuts } from '../../../app/shortcuts.ts'
import { Kbd } from '../../../ui/Kbd.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { useBrowser } from './browserState.ts'
import css from './FilterBar.module.css'

const PAUSE_MS = 150

/** Searches as typed, a moment after the last key. Enter does it at once. */
export function SearchBox({ onEnter }: { onEnter?: (() => void) | undefined }) {
  const text = useBrowser((state) => state.criteria.text)
  const change = useBrowser((state) => state.change)
  const [draft, setDraft] = useState(text)
  const [known, setKnown] = useState(text)
  const input = useRef<HTMLInputElement>(null)
  // Cleared from outside ("Search all", another source).
  if (known !== text) {
    setKnown(text)
    setDraft(text)
  }
  useEffect(() => {
    if (draft === text) return
    const timer = setTimeout(() => change({ text: draft }), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [draft, text, change])
  useShortcuts('Studies', [
    {
      keys: '/',
      label: 'Search',
      run: () => {
        input.current?.focus()
        input.current?.select()
      },
    },
  ])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      change({ text: draft })
      onEnter?.()
    } else if (event.key === 'Escape' && draft !== '') {
      event.stopPropagation()
      change({ text: '' })
      setDraft('')
    } else if (event.key === 'ArrowDown') {
      document.querySelector<HTMLElement>('[role="grid"]')?.focus()
    }
  }
  return (
    <TextField
      ref={input}
      type="search"
      label="Search studies"
      hideLabel
      icon={Search}
      placeholder="Name, owner, ID, accession, description"
      value={draft}
      onChange={setDraft}
      onKeyDown={onKeyDown}
      maxLength={256}
      trailing={<Kbd>/</Kbd>}
      className={css.search}
    />
  )
}
