import { LayoutGrid } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { HangingMatch, HangingProtocol } from '#shared/imaging/hangingProtocol.ts'
import { showFailure } from '../../../app/showFailure.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { showToast } from '../../../ui/toast.ts'
import { hangingOf } from '../../../viewer/hangingOf.ts'
import { useSession } from '../../../viewer/session.ts'
import css from './Hanging.module.css'
import { HangingMatchFields } from './HangingMatchFields.tsx'
import { matchText } from './matchText.ts'
import { knownProtocols, saveProtocol } from './protocols.ts'

/** "Save this layout for ...": what is on the light box, and for which studies it is meant. */
export function SaveLayoutDialog({ onClose }: { onClose(): void }) {
  const [draft, setDraft] = useState<Omit<HangingProtocol, 'protocolId' | 'name' | 'enabled'> | null>()
  const [typed, setTyped] = useState<string>()
  const [saving, setSaving] = useState(false)
  useEffect(() => {
    void hangingOf().then((found) => setDraft(found ?? null), showFailure)
  }, [])
  const name = (typed ?? (draft ? matchText(draft.match) : '')).trim()
  const replaces = knownProtocols().some((each) => each.name === name)
  const ready = draft != null && name !== '' && name.length <= 80 && !saving
  const save = async () => {
    if (!ready || !draft) return
    setSaving(true)
    try {
      await saveProtocol({ ...draft, protocolId: crypto.randomUUID(), name, enabled: true })
      useSession.setState({ hungBy: name })
      showToast({ icon: LayoutGrid, tone: 'ok', message: `Studies like this one are hung by “${name}” from now on.` })
      onClose()
    } catch (error) {
      setSaving(false)
      showFailure(error)
    }
  }
  return (
    <Dialog
      title="Save this layout for"
      onClose={onClose}
      width={560}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!ready} onClick={() => void save()}>
            {replaces ? 'Replace' : 'Save layout'}
          </Button>
        </>
      }
    >
      {draft === null ? (
        <p className={css.none}>No tile shows an image. Drag series into tiles first.</p>
      ) : (
        draft && (
          <div className={css.form}>
            <HangingMatchFields match={draft.match} onChange={(match: HangingMatch) => setDraft({ ...draft, match })} />
            <TextField
              label="Name"
              value={typed ?? matchText(draft.match)}
              onChange={setTyped}
              counter={80}
              autoFocus
              onKeyDown={(event) => event.key === 'Enter' && void save()}
              help={replaces ? 'There is one of this name. Saving replaces it.' : undefined}
            />
          </div>
        )
      )}
    </Dialog>
  )
}
