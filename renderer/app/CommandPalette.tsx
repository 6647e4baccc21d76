import { Search } from 'lucide-react'
import { useState } from 'react'
import { Dialog } from '../ui/Dialog.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { TextField } from '../ui/TextField.tsx'
import css from './CommandPalette.module.css'
import { type Shortcut, useShortcutRegistry, useShortcuts } from './shortcuts.ts'

const MOST = 12

/** Ctrl K: whatever this page can do, found by its name. */
export function CommandPalette() {
  const [open, setOpen] = useState(false)
  useShortcuts('Everywhere', [{ keys: 'Ctrl K', label: 'Find a command', run: () => setOpen(true) }])
  return open ? <Palette onClose={() => setOpen(false)} /> : null
}

interface Command extends Shortcut {
  group: string
}

function Palette({ onClose }: { onClose: () => void }) {
  const groups = useShortcutRegistry((state) => state.groups)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const all = groups.flatMap(({ group, read }) => read().map((shortcut): Command => ({ ...shortcut, group })))
  const found = matching(all, text).slice(0, MOST)
  const at = Math.min(chosen, Math.max(0, found.length - 1))
  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    // The page has its focus back first: commands work on what has it.
    requestAnimationFrame(() => command.run(new KeyboardEvent('keydown')))
  }
  return (
    <Dialog title="Find a command" onClose={onClose} width={520}>
      <TextField
        label="Command"
        hideLabel
        icon={Search}
        placeholder="What shall be done"
        value={text}
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="commands"
        aria-activedescendant={found.length > 0 ? `command-${at}` : undefined}
        onChange={(typed) => {
          setText(typed)
          setChosen(0)
        }}
        onKeyDown={(event) => {
          const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
          if (by !== 0) {
            event.preventDefault()
            setChosen(Math.min(found.length - 1, Math.max(0, at + by)))
          }
          if (event.key === 'Enter') {
            event.preventDefault()
            run(found[at])
          }
        }}
      />
      <div id="commands" role="listbox" aria-label="Commands" className={css.list}>
        {found.map((command, index) => (
          <div
            key={`${command.group} ${command.label}`}
            id={`command-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={css.row}
            onPointerEnter={() => setChosen(index)}
            onClick={() => run(command)}
            onKeyDown={(event) => event.key === 'Enter' && run(command)}
          >
            <span>{command.label}</span>
            {command.keys && <Kbd>{command.keys}</Kbd>}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className={css.none}>No command has these words.</p>}
    </Dialog>
  )
}

/** Every word somewhere in the label; those that begin with the first word come first. */
function matching(commands: readonly Command[], text: string): Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const labels = new Set<string>()
  const named = commands.filter(({ label, group }) => {
    if (!label || group.startsWith('Mouse') || labels.has(label)) return false
    labels.add(label)
    return words.every((word) => label.toLowerCase().includes(word))
  })
  const begins = ({ label = '' }: Command) => words[0] !== undefined && label.toLowerCase().startsWith(words[0])
  return [...named.filter(begins), ...named.filter((command) => !begins(command))]
}
