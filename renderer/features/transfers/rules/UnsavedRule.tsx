import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'

interface UnsavedRuleProps {
  name: string
  onKeep(): void
  onDiscard(): void
}

/** Another rule was chosen while this one holds what was not saved: keep editing is the safe way out. */
export function UnsavedRule({ name, onKeep, onDiscard }: UnsavedRuleProps) {
  return (
    <Dialog
      title={`${name} is not saved`}
      width={440}
      onClose={onKeep}
      footer={
        <>
          <Button variant="plain" onClick={onDiscard}>
            Discard changes
          </Button>
          <span style={{ flex: 1 }} />
          <Button autoFocus onClick={onKeep}>
            Keep editing
          </Button>
        </>
      }
    >
      <p>What was changed in it goes when you leave it.</p>
    </Dialog>
  )
}
