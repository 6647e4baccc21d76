import { useState } from 'react'
import type { HangingProtocol } from '#shared/imaging/hangingProtocol.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import css from './Hanging.module.css'
import { HangingMatchFields } from './HangingMatchFields.tsx'
import { keepProtocols, knownProtocols } from './protocols.ts'
import { tileText } from './tileText.ts'

/** Name and studies of one; its tiles are laid out in the viewer. */
export function EditProtocolDialog({ protocol, onClose }: { protocol: HangingProtocol; onClose(): void }) {
  const [draft, setDraft] = useState(protocol)
  const ready = draft.name.trim() !== '' && draft.name.trim().length <= 80
  const save = async () => {
    const known = knownProtocols()
    const changed = { ...draft, name: draft.name.trim() }
    try {
      await keepProtocols(known.map((each) => (each.protocolId === protocol.protocolId ? changed : each)))
      onClose()
    } catch (error) {
      showFailure(error)
    }
  }
  return (
    <Dialog
      title="Hanging protocol"
      onClose={onClose}
      width={560}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!ready} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <TextField
          label="Name"
          value={draft.name}
          counter={80}
          onChange={(name) => setDraft({ ...draft, name })}
          error={ready ? undefined : 'A name of 1 to 80 characters.'}
        />
        <HangingMatchFields match={draft.match} onChange={(match) => setDraft({ ...draft, match })} />
        <ol className={css.tiles} aria-label="Tiles">
          {draft.tiles.slice(0, draft.layout.rows * draft.layout.columns).map((tile, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a tile is its place
            <li key={at}>{tileText(tile)}</li>
          ))}
        </ol>
        <p className={css.help}>Tiles are changed in the viewer: lay a study out and save it under the same name.</p>
      </div>
    </Dialog>
  )
}
