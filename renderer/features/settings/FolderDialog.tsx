import { useEffect, useState } from 'react'
import { callQuery } from '../../api/useQueryOperation.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useRelocation } from './relocation.ts'
import css from './SettingsPage.module.css'

const ways = [
  { value: 'move', label: 'Move the archive there', note: 'every file is copied and checked before the old one goes' },
  { value: 'start-new', label: 'Start a new one there', note: 'images that are here stay where they are, and listed' },
] as const

type Check = { usable: boolean; sentence: string }

export function FolderDialog({ current, onClose }: { current: string; onClose(): void }) {
  const [folder, setFolder] = useState('')
  const [how, setHow] = useState<'move' | 'start-new'>('move')
  const [check, setCheck] = useState<Check>()
  const start = useRelocation((state) => state.start)
  useEffect(() => {
    setCheck(undefined)
    if (folder.trim() === '') return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      callQuery('settings', 'checkFolder', { folder: folder.trim() }, stop.signal).then(setCheck, () => {})
    }, 400)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [folder])
  const go = () => {
    void start(folder.trim(), how)
    onClose()
  }
  return (
    <Dialog
      title="Folder of the archive"
      width={600}
      onClose={onClose}
      footer={
        <>
          <span className={css.grow} />
          <Button variant="plain" onClick={onClose}>
            Keep the folder
          </Button>
          <Button variant="primary" disabled={!check?.usable} onClick={go}>
            {how === 'move' ? 'Move the archive' : 'Start a new one'}
          </Button>
        </>
      }
    >
      <div className={css.section}>
        <div>
          <div className={css.label}>Now</div>
          <span className={`mono ${css.path}`}>{current}</span>
        </div>
        <TextField
          label="New folder"
          mono
          autoFocus
          value={folder}
          onChange={setFolder}
          error={check && !check.usable ? check.sentence : undefined}
          help={check?.sentence ?? 'The whole path, on this computer.'}
        />
        <RadioGroup label="What happens to the images" value={how} options={ways} onChange={setHow} />
      </div>
    </Dialog>
  )
}
