import { useState } from 'react'
import { client } from '../../api/client.ts'
import { showFailure } from '../../app/showFailure.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'

interface RemovePracticeProps {
  onClose: () => void
  onRemoved: () => void
}

/** The one thing of practice that cannot be taken back. */
export function RemovePractice({ onClose, onRemoved }: RemovePracticeProps) {
  const [busy, setBusy] = useState(false)
  const remove = async () => {
    setBusy(true)
    try {
      await client.practice.remove({})
      onRemoved()
    } catch (error) {
      showFailure(error)
      setBusy(false)
    }
  }
  return (
    <Dialog
      title="Remove all test data?"
      onClose={onClose}
      footer={
        <>
          <Button autoFocus onClick={onClose}>
            Keep it
          </Button>
          <Button variant="danger" disabled={busy} onClick={() => void remove()}>
            {busy ? 'Removing' : 'Remove'}
          </Button>
        </>
      }
    >
      <p>
        What was made in practice mode goes, for good: requests, images, settings and the practice PACS. Nothing of the
        workstation itself is touched: practice lies in a folder of its own.
      </p>
    </Dialog>
  )
}
