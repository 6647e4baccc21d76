import { useState } from 'react'
import type { SettingsView } from '#shared/contract/settings.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { StatusWord } from '../../../ui/StatusWord.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import settingsCss from '../SettingsPage.module.css'
import { save } from '../saveSettings.ts'

const WORD = 'unencrypted'

/** Allowed in words, never by a click in passing. */
export function Unencrypted({ view: { settings, fixed } }: { view: SettingsView }) {
  const [isAsking, setAsking] = useState(false)
  const isFixed = fixed.includes('dicomwebUnencrypted')
  if (settings.dicomwebUnencrypted)
    return (
      <div className={settingsCss.row}>
        <StatusWord status="attention">Images and passwords go through the network unencrypted.</StatusWord>
        {!isFixed && (
          <Button size="small" onClick={() => void save({ dicomwebUnencrypted: false })}>
            No longer allow it
          </Button>
        )}
      </div>
    )
  if (isFixed) return null
  return (
    <div className={settingsCss.row}>
      <Button onClick={() => setAsking(true)}>Allow it without HTTPS</Button>
      {isAsking && <Question onClose={() => setAsking(false)} />}
    </div>
  )
}

function Question({ onClose }: { onClose(): void }) {
  const [typed, setTyped] = useState('')
  const isRight = typed.trim().toLowerCase() === WORD
  const allow = async () => {
    if (isRight && (await save({ dicomwebUnencrypted: true }))) onClose()
  }
  return (
    <Dialog
      title="Serve images without encryption?"
      width={520}
      onClose={onClose}
      footer={
        <>
          <span className={settingsCss.grow} />
          <Button onClick={onClose}>Keep it closed</Button>
          <Button variant="danger" disabled={!isRight} onClick={() => void allow()}>
            Allow it without HTTPS
          </Button>
        </>
      }
    >
      <div className={settingsCss.section}>
        <p>
          Whoever can listen on the network reads the images, the names and the passwords of the users. This is right
          only in a network that nobody else is in, or behind a proxy that adds HTTPS.
        </p>
        <TextField
          autoFocus
          label={`Type ${WORD} to allow it`}
          value={typed}
          onChange={setTyped}
          onKeyDown={(event) => event.key === 'Enter' && void allow()}
        />
      </div>
    </Dialog>
  )
}
