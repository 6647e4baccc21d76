import { useState } from 'react'
import { Dialog } from '../ui/Dialog.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import css from './KeyboardHelp.module.css'
import { useShortcutRegistry, useShortcuts } from './shortcuts.ts'

/** `?` lists the keys that work on this page now. */
export function KeyboardHelp() {
  const [open, setOpen] = useState(false)
  useShortcuts('Everywhere', [
    { keys: '?', label: 'Keys of this page', run: () => setOpen(true) },
    { keys: 'F1', run: () => setOpen(true) },
  ])
  return open ? <HelpDialog onClose={() => setOpen(false)} /> : null
}

function HelpDialog({ onClose }: { onClose: () => void }) {
  const groups = useShortcutRegistry((state) => state.groups)
  const names = [...new Set(groups.map(({ group }) => group))]
  // The page's own keys first.
  const ordered = [...names.filter((name) => name !== 'Everywhere'), 'Everywhere']
  return (
    <Dialog title="Keys of this page" onClose={onClose} width={640}>
      <div className={css.columns}>
        {ordered.map((name) => (
          <section key={name} className={css.group}>
            <h3 className={css.heading}>{name}</h3>
            <dl className={css.list}>
              {groups
                .filter(({ group }) => group === name)
                .flatMap(({ read }) => read())
                .filter(({ keys, label }) => keys && label)
                .map(({ keys, label }) => (
                  <div key={keys} className={css.entry}>
                    <dt>
                      <Kbd>{keys}</Kbd>
                      <span className="visuallyHidden">{keys}</span>
                    </dt>
                    <dd>{label}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
