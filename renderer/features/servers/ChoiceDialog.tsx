import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import css from './ChoiceDialog.module.css'

export interface Choice {
  uid: string
  name: string
  /** Chosen for good. */
  fixed?: boolean
}

interface ChoiceDialogProps {
  title: string
  choices: readonly Choice[]
  chosen: readonly string[]
  onChoose(uids: string[]): void
  onClose(): void
}

/** Some of a long list, found by a part of the name or of the UID. */
export function ChoiceDialog({ title, choices, chosen, onChoose, onClose }: ChoiceDialogProps) {
  const [wanted, setWanted] = useState(() => new Set(chosen))
  const [text, setText] = useState('')
  const part = text.trim().toLowerCase()
  const shown = choices.filter(({ uid, name }) => name.toLowerCase().includes(part) || uid.includes(part))
  const free = shown.filter(({ fixed }) => !fixed)
  const set = (uids: readonly string[], on: boolean) => {
    const next = new Set(wanted)
    for (const uid of uids) {
      if (on) next.add(uid)
      else next.delete(uid)
    }
    setWanted(next)
  }
  const all = free.map(({ uid }) => uid)
  return (
    <Dialog
      title={title}
      subtitle={`${wanted.size} chosen`}
      width={560}
      onClose={onClose}
      footer={
        <>
          <Button variant="plain" disabled={all.every((uid) => wanted.has(uid))} onClick={() => set(all, true)}>
            Choose {part === '' ? 'all' : `these ${free.length}`}
          </Button>
          <Button variant="plain" disabled={!all.some((uid) => wanted.has(uid))} onClick={() => set(all, false)}>
            Choose none
          </Button>
          <span className={css.grow} />
          <Button variant="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" disabled={wanted.size === 0} onClick={() => onChoose([...wanted])}>
            Use {wanted.size === 1 ? 'this one' : `these ${wanted.size}`}
          </Button>
        </>
      }
    >
      <TextField label="Search" autoFocus value={text} onChange={setText} help="A part of the name or of the UID." />
      <div className={css.list}>
        {shown.map(({ uid, name, fixed }) => (
          <Checkbox
            key={uid}
            label={name}
            checked={fixed === true || wanted.has(uid)}
            disabled={fixed}
            onChange={(on) => set([uid], on)}
            help={fixed ? 'Every DICOM application takes it (PS3.5).' : undefined}
          />
        ))}
        {shown.length === 0 && <p className={css.nothing}>Nothing has this in its name.</p>}
      </div>
    </Dialog>
  )
}
